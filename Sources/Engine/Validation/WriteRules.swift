import Model

/// Parameters of the single-item writes that need no table to be judged. Source: reference B3.
enum WriteRules {
    /// UpdateItem takes every value.
    static func checkReturnValues(ofPutOrDelete returnValues: ReturnValues) throws(ServiceError) {
        if returnValues != .none, returnValues != .allOld {
            throw .validationException("ReturnValues can only be ALL_OLD or NONE")
        }
    }
}
