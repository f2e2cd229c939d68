import Model
import Testing

@Suite struct ConsumedCapacityTests {
    @Test func zeroArmsAreAbsentAndEqualOnesAdd() {
        var capacity = ConsumedCapacity(tableName: "T", table: 1)
        capacity.charge(globalIndex: "g", 0)
        #expect(capacity.globalSecondaryIndexes.isEmpty)
        capacity.charge(globalIndex: "g", 1)
        capacity.charge(localIndex: "l", 0.5)
        var sum = capacity
        sum.add(capacity)
        #expect(sum.globalSecondaryIndexes == [.init(indexName: "g", capacityUnits: 2)])
        #expect(sum.capacityUnits == 5)
    }

    @Test func isReducedToWhatWasAskedFor() {
        var capacity = ConsumedCapacity(tableName: "T", table: 1, transactionalKind: .write)
        capacity.charge(globalIndex: "g", 2)
        #expect(capacity.reduced(for: .none) == nil)
        #expect(capacity.reduced(for: .indexes) == capacity)
        let total = capacity.reduced(for: .total)
        #expect(total?.capacityUnits == 3)
        #expect(total?.isTotalOnly == true)
        #expect(total?.transactionalKind == .write)
        #expect(total?.globalSecondaryIndexes.isEmpty == true)
    }
}
