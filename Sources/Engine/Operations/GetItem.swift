import Expressions
import Model

extension Region {
    func getItem(_ request: GetItemRequest, _ journey: inout Journey) throws(ServiceError) -> GetItemResponse {
        let router = arrive(&journey)
        let read = try prepare(request)
        let item = try fetch(read, consistency: request.consistentRead ? .strong : .eventual, router: router, &journey)
        return GetItemResponse(
            item: item.map { read.projected($0) },
            consumedCapacity: journey.report.consumedCapacity.first?.reduced(for: request.returnConsumedCapacity)
        )
    }

    func prepare(_ request: GetItemRequest) throws(ServiceError) -> ItemRead {
        let reference = try metadata.reference(to: request.tableName)
        try request.checkParameters()
        try ItemRules.checkValues(of: request.key)
        let projection = try projection(of: request)
        let table = try activeTable(reference)
        try table.checkKey(request.key)
        try table.checkNestedPaths(of: projection)
        return ItemRead(table: table, key: request.key, projection: projection)
    }

    func projection(of request: GetItemRequest) throws(ServiceError) -> ProjectionExpression? {
        if let names = request.attributesToGet { return try ProjectionExpression(attributesToGet: names) }
        return try bindProjection(request.projectionExpression, names: request.expressionAttributes.names)
    }

    func bindProjection(_ text: String?, names: [String: String]?) throws(ServiceError) -> ProjectionExpression? {
        guard let text else { return nil }
        var binder = ExpressionBinder(ExpressionAttributes(names: names), cache: expressions)
        try binder.checkAttributes()
        let projection = try binder.projection(text)
        try binder.finish()
        return projection
    }

    /// The item a read is for, whole, as the replica that answers sees it.
    func fetch(
        _ read: ItemRead,
        consistency: RequestReport.Consistency,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) -> Item? {
        journey.report.kind = .read
        journey.report.consistency = consistency
        let table = read.table
        var watched: Partition?
        let found: Item?? = table.withProbe(for: read.key) { probe in
            let partition = route(
                probe.bytes,
                in: table.partitions,
                of: table,
                index: nil,
                router: router,
                toLeader: consistency != .eventual,
                &journey
            )
            guard partition.isCalm else {
                watched = partition
                return .none
            }
            let replica = forwardRead(
                to: partition,
                atLeader: consistency != .eventual,
                router: router,
                &journey
            )
            let item =
                constants.sabotage == .readsGoBackwards && replica != partition.leader
                    && journey.now.microseconds % 2 == 0
                ? partition.formerItem(at: probe)
                : partition.item(at: probe, replica: replica, on: journey.now, lag: constants.followerLag)
            charge(read, item, consistency, partition, replica: replica, &journey)
            traceGet(item, consistency, at: partition.replicas[replica].node, height: partition.tree.height, &journey)
            answer(from: replica, of: partition, router: router, &journey)
            return .some(item)
        }
        if let found { return found }
        let key = table.storageKey(of: read.key)
        if let found = try fetchWatched(read, key: key, startingAt: watched, consistency, router: router, &journey) {
            return found
        }
        return try fetch(read, consistency: consistency, router: router, &journey)
    }

    func charge(
        _ read: ItemRead,
        _ item: Item?,
        _ consistency: RequestReport.Consistency,
        _ partition: Partition,
        replica: Int,
        _ journey: inout Journey
    ) {
        let units = consistency.readFactor * Capacity.readUnits(item?.size ?? 0)
        admission.admitRead(units: units, from: partition, replica: replica, at: journey.now)
        journey.report.add(ConsumedCapacity(tableName: read.table.name, table: units))
    }

    func traceGet(
        _ item: Item?,
        _ consistency: RequestReport.Consistency,
        at node: StorageNodeName,
        height: Int,
        _ journey: inout Journey
    ) {
        guard journey.isTraced else { return }
        let units = consistency.readFactor * Capacity.readUnits(item?.size ?? 0)
        journey.trace(
            "\(node)",
            "B-tree get: \(height) level\(height == 1 ? "" : "s"); "
                + (item.map { "item \($0.size) B" } ?? "no item") + " → \(Units.text(units)) RCU"
        )
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
