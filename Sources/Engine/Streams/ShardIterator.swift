import Model

/// A place in a shard to read from, and when it was asked for. As text it carries all of that, and what proves that it
/// was given here: `arn|1|…`.
struct ShardIterator {
    let streamArn: String
    let shardID: String
    let position: UInt64
    let issuedAt: SimulatedInstant

    private static let version = "1"
    private static let numberBytes = 8

    init(streamArn: String, shardID: String, position: UInt64, issuedAt: SimulatedInstant) {
        self.streamArn = streamArn
        self.shardID = shardID
        self.position = position
        self.issuedAt = issuedAt
    }

    /// Throws when the text was not written by `text(secret:)` with the same secret.
    init(_ text: String, secret: UInt64) throws(ServiceError) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == ShardIterator.version, let bytes = try? Base64.decode(String(parts[2])),
            bytes.count > 3 * ShardIterator.numberBytes
        else { throw ShardIterator.invalid }
        let numbers = bytes.count - 3 * ShardIterator.numberBytes
        func number(_ place: Int) -> UInt64 {
            let start = numbers + place * ShardIterator.numberBytes
            return bytes[start..<start + ShardIterator.numberBytes].reduce(0) { $0 << 8 | UInt64($1) }
        }
        streamArn = String(parts[0])
        shardID = String(decoding: bytes[..<numbers], as: UTF8.self)
        position = number(0)
        issuedAt = SimulatedInstant(microseconds: Int64(bitPattern: number(1)))
        if number(2) != seal(secret) || text != self.text(secret: secret) { throw ShardIterator.invalid }
    }

    func text(secret: UInt64) -> String {
        var bytes = Array(shardID.utf8)
        for number in [position, UInt64(bitPattern: issuedAt.microseconds), seal(secret)] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        return "\(streamArn)|\(ShardIterator.version)|\(Base64.encode(bytes))"
    }

    private func seal(_ secret: UInt64) -> UInt64 {
        var sum = Checksum()
        sum.add(secret)
        for part in [streamArn, shardID] {
            sum.add(UInt64(part.utf8.count))
            for byte in part.utf8 { sum.add(UInt64(byte)) }
        }
        sum.add(position)
        sum.add(UInt64(bitPattern: issuedAt.microseconds))
        return Randomness.draw(secret, sum.value, position)
    }

    private static let invalid = ServiceError.validationException("Invalid ShardIterator")
}

extension Region {
    /// The stream that an iterator reads; the text itself when it is none.
    func streamArn(ofIterator iterator: String) -> String {
        (try? ShardIterator(iterator, secret: iteratorSecret))?.streamArn ?? iterator
    }

    var iteratorSecret: UInt64 { Randomness.draw(simulation.seed, .max, 0) }
}
