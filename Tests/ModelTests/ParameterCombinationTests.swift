import Model
import Testing

/// Names and values need an expression that may hold them.
struct ParameterCombinationTests {
    private func message(_ request: some CombinedParameters) -> String? {
        do throws(ServiceError) {
            try request.checkParameters()
            return nil
        } catch {
            return error.message
        }
    }

    private let names = ExpressionAttributes(names: ["#a": "a"])
    private let values = ExpressionAttributes(values: [":a": .number(1)])

    @Test func namesNeedAnExpression() {
        let text = "ExpressionAttributeNames can only be specified when using expressions"
        #expect(message(GetItemRequest(tableName: "T", key: [:], expressionAttributes: names)) == text)
        #expect(
            message(GetItemRequest(tableName: "T", key: [:], expressionAttributes: ExpressionAttributes(names: [:])))
                == text
        )
        #expect(message(ScanRequest(tableName: "T", expressionAttributes: names)) == text)
        #expect(message(ScanRequest(tableName: "T", projectionExpression: "#a", expressionAttributes: names)) == nil)
    }

    @Test func valuesNeedAnExpression() {
        let text = "ExpressionAttributeValues can only be specified when using expressions: "
        #expect(
            message(PutItemRequest(tableName: "T", item: [:], options: .init(expressionAttributes: values)))
                == text + "ConditionExpression is null"
        )
        #expect(
            message(UpdateItemRequest(tableName: "T", key: [:], options: .init(expressionAttributes: values)))
                == text + "UpdateExpression and ConditionExpression are null"
        )
        #expect(
            message(ScanRequest(tableName: "T", projectionExpression: "a", expressionAttributes: values))
                == text + "FilterExpression is null"
        )
        #expect(
            message(QueryRequest(tableName: "T", expressionAttributes: values))
                == text + "FilterExpression and KeyConditionExpression are null"
        )
        #expect(
            message(
                DeleteItemRequest(
                    tableName: "T",
                    key: [:],
                    options: .init(conditionExpression: "a = :a", expressionAttributes: values)
                )
            )
                == nil
        )
    }
}
