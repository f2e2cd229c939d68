import Model

/// Decides whether a request may spend capacity. Every read and write passes here, with what it costs.
///
/// Capacity is counted, per partition and second; nothing is refused yet.
struct Admission {
    func admitWrite(units: Double, to partition: Partition, at instant: SimulatedInstant) {
        partition.meter.record(write: units, at: instant)
    }

    func admitRead(units: Double, from partition: Partition, at instant: SimulatedInstant) {
        partition.meter.record(read: units, at: instant)
    }
}
