import Expressions
import Model
import PartiQL

/// A PartiQL statement as what it does to the engine: the same reads and writes as the other operations.
enum StatementPlan {
    case select(SelectPlan)
    case write(ItemWrite, returning: Returning?, UpdateStatement?)
    /// EXISTS: a condition in a transaction.
    case check(ItemWrite)

    var tableName: String {
        switch self {
        case .select(let plan): plan.target.table.name
        case .write(let write, _, _), .check(let write): write.table.name
        }
    }
}

/// A SELECT: one query for each partition key value that WHERE names, or a scan.
struct SelectPlan {
    let target: ReadTarget
    let access: KeyAccess
    let projection: ProjectionExpression?
    let isConsistent: Bool
    /// Tells a next token for this statement and these parameters from all others.
    let fingerprint: UInt64

    /// The item that a SELECT of a whole primary key reads; nil for any other.
    var key: Item? {
        guard case .get = access.kind, target.definition == nil, let condition = access.conditions.first else {
            return nil
        }
        var builder = ItemBuilder()
        for (attribute, value) in zip(target.key.hash, condition.hashValues) { builder.append(attribute.name, value) }
        if let sortKey = target.key.sortKey, case .equal(let value)? = condition.rangeCondition {
            builder.append(sortKey.name, value)
        }
        return builder.finish()
    }
}

extension Region {
    func plan(_ request: ParameterizedStatement) throws(ServiceError) -> StatementPlan {
        let statement = try statements.statement(request.statement).bound(to: request.parameters)
        let returnsItem = request.returnValuesOnConditionCheckFailure == .allOld
        switch statement {
        case .select(let select): return .select(try plan(select, request))
        case .insert(let insert): return .write(try plan(insert), returning: nil, nil)
        case .update(let update):
            let table = try writableTable(update.source)
            let target = try update.target(for: table.key)
            try table.checkKey(target.key)
            try table.checkUpdateTargets(update.paths)
            let write = ItemWrite(
                table: table,
                key: target.key,
                effect: .updateExisting(update),
                condition: target.condition,
                returnsItemOnFailure: returnsItem
            )
            return .write(write, returning: update.returning, update)
        case .delete(let delete):
            let table = try writableTable(delete.source)
            let target = try delete.target(for: table.key)
            try table.checkKey(target.key)
            let write = ItemWrite(
                table: table,
                key: target.key,
                effect: .deleteExisting,
                condition: target.condition,
                returnsItemOnFailure: returnsItem
            )
            return .write(write, returning: delete.returnsOld ? .allOld : nil, nil)
        case .exists(let select):
            let table = try writableTable(select.source)
            let target = try select.target(for: table.key)
            try table.checkKey(target.key)
            return .check(
                ItemWrite(
                    table: table,
                    key: target.key,
                    effect: .check,
                    condition: target.condition,
                    returnsItemOnFailure: returnsItem
                )
            )
        }
    }

    private func plan(_ insert: InsertStatement) throws(ServiceError) -> ItemWrite {
        let item = insert.item
        try ItemRules.checkValues(of: item)
        try ItemRules.checkSize(ofPut: item)
        let table = try writableTable(insert.source)
        try table.checkPutItem(item)
        return ItemWrite(table: table, key: item, effect: .insert(item), condition: nil, returnsItemOnFailure: false)
    }

    private func plan(
        _ select: SelectStatement,
        _ request: ParameterizedStatement
    ) throws(ServiceError) -> SelectPlan {
        let table = try activeTable(metadata.reference(to: select.source.table))
        let target = try statementTarget(table, index: select.source.index)
        if target.globalIndex != nil, request.consistentRead {
            throw .validationException("Strongly consistent read is not supported on Global Secondary Indexes")
        }
        let access = try select.keyAccess(for: target.key)
        let projection = select.projection
        try checkRead(
            target,
            isConsistent: request.consistentRead,
            select: nil,
            projection: projection,
            filter: access.filter
        )
        return SelectPlan(
            target: target,
            access: access,
            projection: projection,
            isConsistent: request.consistentRead,
            fingerprint: request.fingerprint
        )
    }

    private func statementTarget(_ table: Table, index: String?) throws(ServiceError) -> ReadTarget {
        do throws(ServiceError) {
            return try readTarget(table: table, index: index)
        } catch {
            // In this dialect the text ends before the name.
            throw index.map({ ReadRules.unknownIndex($0) }) == error
                ? .validationException("The table does not have the specified index") : error
        }
    }

    private func writableTable(_ source: PartiQLSource) throws(ServiceError) -> Table {
        if source.index != nil { throw .validationException("This operation is not supported on an index") }
        return try activeTable(metadata.reference(to: source.table))
    }
}

extension ParameterizedStatement {
    /// FNV-1a over the text and the parameters' stored form.
    fileprivate var fingerprint: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in statement.utf8 { mix(byte) }
        Item(["p": .list(parameters)]).withBytes { for byte in $0 { mix(byte) } }
        return hash
    }
}
