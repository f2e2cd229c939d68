import Model

/// Takes the bytes of a call to a service and brings the bytes of its answer.
protocol Transport: AnyObject {
    func exchange(_ operation: Operation, _ body: [UInt8]) throws(TransportFault) -> Answer
}

struct Answer: Equatable {
    var status: Int
    var body: [UInt8]
}

/// The bytes did not get there, or did not come back whole.
struct TransportFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
