#!/bin/sh
# An inventory with the AWS CLI: a table, items, a counter that never falls below zero, a query.
#
#   sortkey serve &
#   pip install awscli
#   sh Examples/Clients/inventory.sh
set -eu

# Against real DynamoDB leave these lines out; nothing else changes.
export AWS_ENDPOINT_URL_DYNAMODB="${AWS_ENDPOINT_URL_DYNAMODB:-http://127.0.0.1:8000}"
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

table=example-inventory

aws dynamodb create-table --table-name $table --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=shop,AttributeType=S AttributeName=product,AttributeType=S \
    --key-schema AttributeName=shop,KeyType=HASH AttributeName=product,KeyType=RANGE >/dev/null
aws dynamodb wait table-exists --table-name $table

# Several writes in one request.
aws dynamodb batch-write-item --request-items '{"'$table'": [
    {"PutRequest": {"Item": {"shop": {"S": "ulm"}, "product": {"S": "pot"}, "stock": {"N": "1"}}}},
    {"PutRequest": {"Item": {"shop": {"S": "ulm"}, "product": {"S": "tea"}, "stock": {"N": "20"}}}}
]}' >/dev/null

# Sells one piece, if there is one.
sell() {
    aws dynamodb update-item --table-name $table --key '{"shop": {"S": "ulm"}, "product": {"S": "'"$1"'"}}' \
        --update-expression 'SET stock = stock - :one' --condition-expression 'stock >= :one' \
        --expression-attribute-values '{":one": {"N": "1"}}' \
        --return-values UPDATED_NEW --query Attributes.stock.N --output text
}

echo "pots left: $(sell pot)"
if refusal=$(sell pot 2>&1); then
    echo "this cannot be: $refusal" >&2
    exit 1
else
    echo "no pot left"
fi

echo "in the shop:"
aws dynamodb query --table-name $table --key-condition-expression 'shop = :s' \
    --expression-attribute-values '{":s": {"S": "ulm"}}' \
    --query 'Items[].[product.S, stock.N]' --output text

aws dynamodb delete-table --table-name $table >/dev/null
