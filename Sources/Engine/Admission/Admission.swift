import Model

/// Decides whether a request may spend capacity. Every read and write passes here, with what it costs.
///
/// Capacity is counted, per partition and second; nothing is refused yet.
final class Admission {
    /// No request has come since somebody set this. The first that comes ends it and is told of by `trafficBegan`.
    var isQuiet = true
    var trafficBegan: () -> Void = {}

    func admitWrite(units: Double, to partition: Partition, at instant: SimulatedInstant) {
        if isQuiet { wake() }
        partition.meter.record(write: units, at: instant)
    }

    /// `replica` is the position of the one that answers.
    func admitRead(units: Double, from partition: Partition, replica: Int, at instant: SimulatedInstant) {
        if isQuiet { wake() }
        partition.meter.record(read: units, replica: replica, at: instant)
    }

    private func wake() {
        isQuiet = false
        trafficBegan()
    }
}
