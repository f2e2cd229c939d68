import Engine
import Model

/// In the end every stream is read as a program would read it.
extension SeedRun {
    func checkStreams() {
        var records: [StreamsTell.Record] = []
        for view in views {
            do throws(ServiceError) {
                records += try readStream(of: view)
            } catch {
                complain(.streamsTell, at: view.shape.name, "its stream is not read: \(error)")
                return
            }
        }
        figures["stream records"] = records.count
        for violation in StreamsTell.check(records, order, name: { [unowned self] in name(of: $0) }) { note(violation) }
    }

    private func readStream(of view: TableView) throws(ServiceError) -> [StreamsTell.Record] {
        guard let arn = try region.describe(table: view.shape.name).latestStreamArn else { return [] }
        var records: [StreamsTell.Record] = []
        var start: String?
        repeat {
            let request = DescribeStreamRequest(streamArn: arn, limit: 7, exclusiveStartShardId: start)
            guard case .describeStream(let page) = try region.perform(.describeStream(request)) else { break }
            for shard in page.shards {
                figures["shards with a parent"] += shard.parentShardId == nil ? 0 : 1
                records += try readShard(shard.shardId, of: arn, view)
            }
            start = page.lastEvaluatedShardId
        } while start != nil
        return records
    }

    private func readShard(
        _ shard: String,
        of arn: String,
        _ view: TableView
    ) throws(ServiceError) -> [StreamsTell.Record] {
        let request = GetShardIteratorRequest(streamArn: arn, shardId: shard, shardIteratorType: .trimHorizon)
        guard case .getShardIterator(let place) = try region.perform(.getShardIterator(request)) else { return [] }
        var records: [StreamsTell.Record] = []
        var next: String? = place.shardIterator
        while let iterator = next {
            let request = GetRecordsRequest(shardIterator: iterator, limit: 13)
            guard case .getRecords(let page) = try region.perform(.getRecords(request)) else { break }
            for record in page.records { if let told = told(record, in: view) { records.append(told) } }
            next = page.records.isEmpty ? nil : page.nextShardIterator
        }
        return records
    }

    private func told(_ record: StreamRecord, in view: TableView) -> StreamsTell.Record? {
        let (old, new) = (record.oldImage, record.newImage)
        guard let position = view.position(of: record.keys), old?.stamp != nil || new?.stamp != nil else {
            complain(.wholeItems, at: view.shape.name, "its stream has \(record.keys.brief)")
            return nil
        }
        return .init(ItemKey(table: view.number, position: position), from: old?.stamp, to: new?.stamp)
    }
}
