-- One operation of the endpoint, again and again, with keys drawn from a fixed seed.
-- wrk … -s operations.lua URL -- PutItem

-- Made before the clock runs, so that the client takes less of the machine.
local prepared = {}
local preparedCount = 2000
local turn = 0

local headers = {
  ["Content-Type"] = "application/x-amz-json-1.0",
  ["X-Amz-Date"] = "20260101T000000Z",
  ["User-Agent"] = "Boto3/1.43 md/Botocore#1.43 ua/2.1 os/linux lang/python",
  ["Authorization"] = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
    .. "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
}

-- The same items as load() of bench.py makes: 100 partition keys with 50 items each, of about 300 bytes.
local note = string.rep("n", 160)

local function key()
  return string.format('"pk": {"S": "CUSTOMER#%06d"}, "sk": {"S": "ORDER#%06d"}', math.random(0, 99), math.random(0, 49))
end

local bodies = {
  PutItem = function()
    return '{"TableName": "bench", "Item": {' .. key() .. ', "total": {"N": "' .. math.random(1, 99999)
      .. '"}, "status": {"S": "PENDING"}, "created": {"S": "2026-01-15T12:00:00Z"}, "note": {"S": "' .. note .. '"}}}'
  end,
  GetItem = function()
    return '{"TableName": "bench", "Key": {' .. key() .. '}}'
  end,
  Query = function()
    return string.format(
      '{"TableName": "bench", "KeyConditionExpression": "pk = :p", "Limit": 20, '
        .. '"ExpressionAttributeValues": {":p": {"S": "CUSTOMER#%06d"}}}',
      math.random(0, 99)
    )
  end,
}

function init(arguments)
  math.randomseed(1)
  local operation = arguments[1]
  headers["X-Amz-Target"] = "DynamoDB_20120810." .. operation
  for number = 1, preparedCount do
    prepared[number] = wrk.format("POST", nil, headers, bodies[operation]())
  end
end

function request()
  turn = turn % preparedCount + 1
  return prepared[turn]
end

function done(summary, latency)
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "errors": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)
  ))
end
