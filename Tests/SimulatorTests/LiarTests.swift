import Engine
import Model
import Testing

@testable import Simulator

/// A service between clients and region that does not keep its word. Whole runs must notice each kind.
struct LiarTests {
    typealias Lie = (Int, Region, Request, inout RequestReport) throws(ServiceError) -> Response

    /// Runs seeds, in which `lie` answers instead of the region, until somebody notices a broken promise of these.
    /// The lie is told how many requests there were before.
    private func isNoticed(as promises: Set<Promise>, _ makeLie: () -> Lie) -> Bool {
        for seed in UInt64(1)...30 {
            let run = SeedRun(Scenario.draw(seed: seed, operations: 200))
            let lie = makeLie()
            var count = 0
            run.service = { region, request, report throws(ServiceError) in
                count += 1
                return try lie(count, region, request, &report)
            }
            if run.run().violations.contains(where: { promises.contains($0.promise) }) { return true }
        }
        return false
    }

    private static func honest(
        _ region: Region,
        _ request: Request,
        _ report: inout RequestReport
    ) throws(ServiceError) -> Response {
        try region.submit(request, report: &report)
    }

    @Test(arguments: [Promise.nothingLost, .linearizable])
    func writesThatAreForgotten(promise: Promise) {
        let noticed = isNoticed(as: [promise]) {
            { count, region, request, report throws(ServiceError) in
                if count % 10 == 0, case .putItem = request {
                    report.latencyMicroseconds = 1_000
                    return .putItem(WriteResponse())
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    @Test(arguments: [Promise.nothingLost, .linearizable])
    func refusedWritesThatHappen(promise: Promise) {
        let noticed = isNoticed(as: [promise]) {
            { _, region, request, report throws(ServiceError) in
                let response = try Self.honest(region, request, &report)
                if case .putItem(let put) = request, put.options.conditionExpression == "w = :e" {
                    throw .conditionalCheckFailedException(item: nil)
                }
                return response
            }
        }
        #expect(noticed)
    }

    @Test(arguments: [Promise.nothingLost, .linearizable])
    func writesThatHappenTwice(promise: Promise) {
        let noticed = isNoticed(as: [promise]) {
            { count, region, request, report throws(ServiceError) in
                if count % 5 == 0, case .putItem(let put) = request, put.options.conditionExpression == nil {
                    region.schedule(at: region.now.advanced(byMicroseconds: 3_000_000)) {
                        var late = RequestReport()
                        _ = try? region.submit(request, report: &late)
                    }
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    @Test func strongReadsThatAreOld() {
        let noticed = isNoticed(as: [.linearizable]) {
            { _, region, request, report throws(ServiceError) in
                if case .getItem(var get) = request {
                    get.consistentRead = false
                    return try Self.honest(region, .getItem(get), &report)
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    @Test func strongPagesThatAreOld() {
        let noticed = isNoticed(as: [.linearizable]) {
            { _, region, request, report throws(ServiceError) in
                if case .scan(var scan) = request {
                    scan.consistentRead = false
                    return try Self.honest(region, .scan(scan), &report)
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    @Test func eventualReadsOfRefusedWrites() {
        let noticed = isNoticed(as: [.committedVersions]) {
            var refused: Item?
            return { _, region, request, report throws(ServiceError) in
                do throws(ServiceError) {
                    let response = try Self.honest(region, request, &report)
                    if case .getItem(let get) = request, !get.consistentRead, let item = refused,
                        get.key.attributes.entries.allSatisfy({ item[$0.name] == $0.value })
                    {
                        return .getItem(GetItemResponse(item: item))
                    }
                    return response
                } catch {
                    if case .putItem(let put) = request { refused = put.item }
                    throw error
                }
            }
        }
        #expect(noticed)
    }

    @Test func eventualReadsThatGoBack() {
        let noticed = isNoticed(as: [.committedVersions]) {
            var answers: [String: [Response]] = [:]
            return { _, region, request, report throws(ServiceError) in
                let response = try Self.honest(region, request, &report)
                guard case .getItem(let get) = request, !get.consistentRead, let server = report.servedBy else {
                    return response
                }
                let place = "\(get.tableName) \(get.key) \(server)"
                answers[place, default: []].append(response)
                let known = answers[place]!
                return known.count % 3 == 0 ? known[0] : response
            }
        }
        #expect(noticed)
    }

    @Test func transactionsWithoutTheirLastAction() {
        let noticed = isNoticed(as: [.transactionsAtomic]) {
            { _, region, request, report throws(ServiceError) in
                if case .transactWriteItems(var write) = request, write.transactItems.count > 1 {
                    write.transactItems.removeLast()
                    return try Self.honest(region, .transactWriteItems(write), &report)
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    /// Each item by a read of its own, which may be old.
    @Test func transactionsThatAreReadOneByOne() {
        let noticed = isNoticed(as: [.transactionsAtomic]) {
            { _, region, request, report throws(ServiceError) in
                guard case .transactGetItems(let get) = request else {
                    return try Self.honest(region, request, &report)
                }
                var items: [Item?] = []
                for action in get.transactItems {
                    let single = GetItemRequest(tableName: action.tableName, key: action.key)
                    guard case .getItem(let answer) = try Self.honest(region, .getItem(single), &report) else {
                        continue
                    }
                    items.append(answer.item)
                }
                return .transactGetItems(TransactGetItemsResponse(responses: items))
            }
        }
        #expect(noticed)
    }

    @Test func pagesThatBeginAgain() {
        let noticed = isNoticed(as: [.pagesComplete]) {
            { count, region, request, report throws(ServiceError) in
                if count % 3 == 0, case .scan(var scan) = request {
                    scan.exclusiveStartKey = nil
                    return try Self.honest(region, .scan(scan), &report)
                }
                return try Self.honest(region, request, &report)
            }
        }
        #expect(noticed)
    }

    @Test func pagesThatLeaveItemsOut() {
        let noticed = isNoticed(as: [.pagesComplete]) {
            { _, region, request, report throws(ServiceError) in
                let response = try Self.honest(region, request, &report)
                guard case .scan(var page) = response, page.items.count > 2 else { return response }
                page.items.remove(at: 1)
                return .scan(page)
            }
        }
        #expect(noticed)
    }

    @Test func itemsThatNobodyWrote() {
        let noticed = isNoticed(as: [.wholeItems]) {
            { _, region, request, report throws(ServiceError) in
                let response = try Self.honest(region, request, &report)
                guard case .getItem(var answer) = response, let item = answer.item else { return response }
                var attributes = item.attributes
                attributes["g"] = .string("g9")
                answer.item = Item(attributes)
                return .getItem(answer)
            }
        }
        #expect(noticed)
    }

    // MARK: Honesty

    /// Half of the requests get no answer: some were carried out, some never are, some are much later. That is no lie, and
    /// the search for an order must come to its end all the same.
    @Test(arguments: UInt64(1)...8)
    func lossesAreNoLies(seed: UInt64) {
        let run = SeedRun(Scenario.draw(seed: seed, operations: 300))
        var chance = Chance(seed: seed, stream: 50)
        run.service = { region, request, report throws(ServiceError) in
            // What the simulator itself asks before and after is spared.
            guard run.isAtWork, chance.percent(50) else { return try Self.honest(region, request, &report) }
            let fate = chance.below(3)
            if fate == 0 { _ = try Self.honest(region, request, &report) }
            if fate == 1 {
                region.schedule(at: region.now.advanced(byMicroseconds: Int64(chance.below(15_000_000)))) {
                    var late = RequestReport()
                    _ = try? region.submit(request, report: &late)
                }
            }
            report.latencyMicroseconds = max(report.latencyMicroseconds, Int64(chance.within(1_000...1_000_000)))
            throw .internalServerError("nobody knows")
        }
        let outcome = run.run()
        #expect(outcome.violations.isEmpty, "\(outcome.report(operations: 300).joined(separator: "\n"))")
        #expect(outcome.figures["items undecided"] == 0)
        #expect(outcome.figures["answers unknown"] > 50)
    }
}
