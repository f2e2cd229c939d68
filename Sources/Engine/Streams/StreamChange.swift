import Model

/// One change of one item as a stream keeps it: what its view type shows of it, and no more. The items are the log's.
struct StreamChange: Sendable {
    let committedAt: SimulatedInstant
    let eventName: StreamRecord.EventName
    let old: Item?
    let new: Item?
    /// Something that has the item's key attributes: an image that is kept anyway, or the keys alone.
    private let keySource: Item
    private let isByService: Bool

    /// Nil when the record of the log changes nothing: it is not told.
    init?(_ record: LogRecord, viewType: StreamViewType, key: KeySchema) {
        guard let image = record.new ?? record.old, record.old != record.new else { return nil }
        committedAt = record.committedAt
        isByService = record.isByService
        eventName = record.old == nil ? .insert : record.new == nil ? .remove : .modify
        old = viewType.showsOld ? record.old : nil
        new = viewType.showsNew ? record.new : nil
        keySource = new ?? old ?? image.projected(to: key.attributes.map(\.attribute))
    }

    func record(of stream: TableStream, position: UInt64, in shard: StreamShard, region: String) -> StreamRecord {
        let keys = keySource.projected(to: stream.key.attributes.map(\.attribute))
        return StreamRecord(
            eventID: stream.eventID(position: position, in: shard),
            eventName: eventName,
            awsRegion: region,
            approximateCreationDateTime: Int(committedAt.microseconds / 1_000_000),
            keys: keys,
            newImage: new,
            oldImage: old,
            sequenceNumber: shard.sequenceNumber(at: position),
            sizeBytes: keys.size + (new?.size ?? 0) + (old?.size ?? 0),
            streamViewType: stream.viewType,
            isByService: isByService
        )
    }
}

extension StreamViewType {
    var showsOld: Bool { self == .oldImage || self == .newAndOldImages }
    var showsNew: Bool { self == .newImage || self == .newAndOldImages }
}
