import Model
import Testing

@testable import Engine

/// Reference K, updates: rows 28, 31–36.
struct UpdateChecklist {
    static let key: Item = ["pk": "p"]

    static func region() throws -> Region {
        let region = Region(profile: .serve)
        try region.create(.table("Music"))
        try region.put("Music", ["pk": "p", "l": [1, 2], "m": ["x": 1, "y": 2], "a": 1, "b": 2])
        return region
    }

    /// K28.
    @Test func partiQLsUpdateNeverCreatesAndItsInsertNeverReplaces() throws {
        let region = try Self.region()
        #expect(
            thrown { () throws(ServiceError) in try region.execute(#"UPDATE "Music" SET a = 1 WHERE pk = 'none'"#) }
                == .conditionalCheckFailedException(item: nil)
        )
        #expect(
            thrown { () throws(ServiceError) in try region.execute(#"INSERT INTO "Music" VALUE {'pk': 'p'}"#) }
                == .duplicateItemException
        )
        #expect(try region.scan("Music").count == 1)
        #expect(try region.get("Music", Self.key)?["a"] == 1)
    }

    /// K31.
    @Test func settingAPositionBeyondTheEndAppends() throws {
        let region = try Self.region()
        try region.update("Music", Self.key, "SET l[99] = :v", values: [":v": 3])
        #expect(try region.get("Music", Self.key)?["l"] == [1, 2, 3])
    }

    /// K32.
    @Test func updatedNewIsTheLeafOnly() throws {
        let region = try Self.region()
        let response = try region.update("Music", Self.key, "SET m.x = :v", values: [":v": 9], returning: .updatedNew)
        #expect(response.attributes == ["m": ["x": 9]])
        #expect(try region.update("Music", Self.key, "REMOVE m.x, a", returning: .updatedNew).attributes == nil)
    }

    /// K33.
    @Test func rightHandSidesReadTheItemAsItWas() throws {
        let region = try Self.region()
        let response = try region.update("Music", Self.key, "SET a = b, b = a", returning: .updatedNew)
        #expect(response.attributes == ["a": 2, "b": 1])
    }

    /// K34.
    @Test func updatingAKeyToItsOwnValueIsStillAnError() throws {
        let region = try Self.region()
        #expect(
            message { () throws(ServiceError) in
                try region.update("Music", Self.key, "SET pk = :v", values: [":v": "p"])
            }
                == "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
        )
    }

    /// K35, the cost: no stream is asked here.
    @Test func anUpdateThatChangesNothingCostsTheWholeItem() throws {
        let region = try Self.region()
        try region.put("Music", Self.key.padded(to: 3_000))
        #expect(try region.update("Music", Self.key, nil).consumedCapacity?.arms == ["": 3])
        #expect(try region.update("Music", Self.key, "REMOVE nothing").consumedCapacity?.arms == ["": 3])
    }

    /// K36, the cost: no stream is asked here.
    @Test func deletingNothingCostsOneUnit() throws {
        let region = try Self.region()
        #expect(try region.delete("Music", ["pk": "none"]).consumedCapacity?.arms == ["": 1])
        #expect(try region.scan("Music").count == 1)
    }
}
