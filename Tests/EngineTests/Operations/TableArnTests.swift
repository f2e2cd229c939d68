import Model
import Testing

@testable import Engine

/// Calls take a table's ARN in place of its name, if it is the ARN of a table here.
struct TableArnTests {
    private func get(from arn: String) throws -> Result<Response, ServiceError> {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        try region.put("Music", ["pk": .string("a")])
        let request = GetItemRequest(tableName: arn, key: ["pk": .string("a")])
        return Result { () throws(ServiceError) in try region.perform(.getItem(request)) }
    }

    @Test func anArnOfThisRegionNamesTheTable() throws {
        let answer = try get(from: "arn:aws:dynamodb:us-east-1:000000000000:table/Music")
        #expect(try answer.get() == .getItem(GetItemResponse(item: ["pk": .string("a")])))
    }

    @Test func anotherAccountsTableIsNotReached() throws {
        let answer = try get(from: "arn:aws:dynamodb:us-east-1:123456789012:table/Music")
        #expect(answer == .failure(.accessDeniedException("Access is denied")))
    }

    @Test func anotherRegionsTableIsNotFound() throws {
        let answer = try get(from: "arn:aws:dynamodb:eu-west-1:000000000000:table/Music")
        #expect(answer == .failure(.resourceNotFoundException("Requested resource not found")))
    }

    @Test(arguments: [40_001, 1_000_000_000_000, Int.max])
    func nothingIsWarmedBeyondTheQuota(units: Int) throws {
        let region = Region(profile: .serve)
        try region.createAndWait(.table("Music"))
        let warm = WarmThroughput(readUnitsPerSecond: units, writeUnitsPerSecond: 0)
        let request = UpdateTableRequest(tableName: "Music", warmThroughput: warm)
        let answer = Result { () throws(ServiceError) in try region.perform(.updateTable(request)) }
        #expect(
            answer
                == .failure(
                    .validationException(
                        "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput "
                            + "for table is outside of valid range"
                    )
                )
        )
    }
}
