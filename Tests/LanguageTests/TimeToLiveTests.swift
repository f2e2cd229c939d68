import Language
import Model
import Testing

/// The TTL clause: one more call of the API, or the only one.
@Suite struct TimeToLiveTests {
    private func specification(_ attribute: String, _ enabled: Bool = true) -> TimeToLiveSpecification {
        TimeToLiveSpecification(enabled: enabled, attributeName: attribute)
    }

    @Test func aloneItIsUpdateTimeToLive() throws {
        let call = try call("UpdateTable app TTL expiresAt")
        #expect(
            call == Call(.updateTimeToLive(.init(tableName: "app", specification: specification("expiresAt"))))
        )
        #expect(
            try request("UpdateTable TTL OFF")
                == .updateTimeToLive(.init(tableName: "app", specification: specification("", false)))
        )
    }

    @Test func withOtherClausesItIsASecondCall() throws {
        let update = try call("UpdateTable app PROTECT ON TTL expiresAt")
        #expect(update.request == .updateTable(.init(tableName: "app", deletionProtectionEnabled: true)))
        #expect(update.timeToLive == specification("expiresAt"))
        let creation = try call("CreateTable logs (id S) TTL 'end' TAGS {a: 'b'}")
        #expect(creation.timeToLive == specification("end"))
        guard case .createTable(let request) = creation.request else {
            Issue.record("\(creation)")
            return
        }
        #expect(request.tags == [Tag(key: "a", value: "b")])
        // A new table has nothing to turn off.
        #expect(try call("CreateTable logs (id S) TTL OFF").timeToLive == nil)
    }

    @Test func itIsPrintedAsAClause() throws {
        func printed(_ attribute: String, _ enabled: Bool = true) throws -> String {
            let original = Request.updateTimeToLive(
                .init(tableName: "app", specification: specification(attribute, enabled))
            )
            #expect(try request(canonical(original)) == original)
            return canonical(original)
        }
        #expect(try printed("expiresAt") == "UpdateTable app TTL expiresAt")
        #expect(try printed("off") == "UpdateTable app TTL 'off'")
        #expect(try printed("a b") == "UpdateTable app TTL 'a b'")
        #expect(try printed("TTL") == "UpdateTable app TTL TTL")
        #expect(try printed("", false) == "UpdateTable app TTL OFF")
        #expect(try printed("expiresAt", false).hasPrefix("UpdateTimeToLive {TableName: 'app'"))
    }

    @Test func whatIsRefused() throws {
        #expect(error("UpdateTable app/gsi1 TTL x")?.message == "TTL is for tables, not for an index")
        #expect(error("UpdateTable app TTL x TTL y")?.message == "TTL stands twice")
        #expect(error("UpdateTable app TTL")?.message.contains("an attribute") == true)
        #expect(error("Query app 'x' TTL y") != nil)
    }
}
