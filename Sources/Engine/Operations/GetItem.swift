import Expressions
import Model

extension Region {
    func getItem(_ request: GetItemRequest, _ journey: inout Journey) throws(ServiceError) -> GetItemResponse {
        let router = arrive(&journey)
        let read = try prepare(request)
        let item = fetch(read, consistency: request.consistentRead ? .strong : .eventual, router: router, &journey)
        return GetItemResponse(
            item: item.map { read.projected($0) },
            consumedCapacity: journey.report.consumedCapacity.first?.reduced(for: request.returnConsumedCapacity)
        )
    }

    private func prepare(_ request: GetItemRequest) throws(ServiceError) -> ItemRead {
        let reference = try metadata.reference(to: request.tableName)
        try ItemRules.checkValues(of: request.key)
        let projection = try bindProjection(
            request.projectionExpression,
            names: request.expressionAttributes.names
        )
        let table = try activeTable(reference)
        try table.checkKey(request.key)
        return ItemRead(table: table, key: request.key, projection: projection)
    }

    func bindProjection(_ text: String?, names: [String: String]?) throws(ServiceError) -> ProjectionExpression? {
        if text == nil, names == nil { return nil }
        var binder = ExpressionBinder(ExpressionAttributes(names: names), cache: expressions)
        try binder.checkAttributes(expressions: [(parameter: "ProjectionExpression", text: text)])
        let projection: ProjectionExpression? = if let text { try binder.projection(text) } else { nil }
        try binder.finish()
        return projection
    }

    /// The item a read is for, whole, as the replica that answers sees it.
    func fetch(
        _ read: ItemRead,
        consistency: RequestReport.Consistency,
        router: Int,
        _ journey: inout Journey
    ) -> Item? {
        journey.report.kind = .read
        journey.report.consistency = consistency
        let table = read.table
        return table.withProbe(for: read.key) { probe in
            let partition = route(probe.bytes, in: table.partitions, of: table, index: nil, router: router, &journey)
            let replica = forwardRead(
                to: partition,
                atLeader: consistency != .eventual,
                router: router,
                &journey
            )
            let item = partition.item(at: probe, replica: replica, on: journey.now, lag: constants.followerLag)
            let units = consistency.readFactor * Capacity.readUnits(item?.size ?? 0)
            admission.admitRead(units: units, from: partition, at: journey.now)
            journey.report.add(ConsumedCapacity(tableName: table.name, table: units))
            if journey.isTraced {
                journey.trace(
                    "\(partition.replicas[replica].node)",
                    "B-tree get: \(partition.tree.height) level\(partition.tree.height == 1 ? "" : "s"); "
                        + (item.map { "item \($0.size) B" } ?? "no item") + " → \(Units.text(units)) RCU"
                )
            }
            answer(from: replica, of: partition, router: router, &journey)
            return item
        }
    }
}

/// One item to be read by its key.
struct ItemRead {
    let table: Table
    let key: Item
    let projection: ProjectionExpression?

    /// What the caller gets of the item.
    func projected(_ item: Item) -> Item { projection?.project(item) ?? item }

    /// A transaction leaves out an item of which the projection leaves nothing.
    func projectedOrNothing(_ item: Item) -> Item? {
        let projected = projected(item)
        return projection != nil && projected.isEmpty ? nil : projected
    }
}
