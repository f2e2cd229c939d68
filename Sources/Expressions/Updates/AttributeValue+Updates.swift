import Model

/// What update actions do to values. All throw the service's texts for a wrong operand type or a number out of range.
extension AttributeValue {
    package func plus(_ other: AttributeValue) throws(ServiceError) -> AttributeValue {
        guard case .number(let left) = self, case .number(let right) = other else { throw .wrongUpdateOperand }
        do throws(NumberError) { return .number(try left + right) } catch { throw .validationException(error.message) }
    }

    package func minus(_ other: AttributeValue) throws(ServiceError) -> AttributeValue {
        guard case .number(let left) = self, case .number(let right) = other else { throw .wrongUpdateOperand }
        do throws(NumberError) { return .number(try left - right) } catch { throw .validationException(error.message) }
    }

    package func appending(_ other: AttributeValue) throws(ServiceError) -> AttributeValue {
        guard case .list(let left) = self, case .list(let right) = other else { throw .wrongUpdateOperand }
        return .list(left + right)
    }

    /// ADD: a sum of numbers, or a union of sets of one type.
    package func adding(_ other: AttributeValue) throws(ServiceError) -> AttributeValue {
        switch (self, other) {
        case (.number, .number): return try plus(other)
        case (.stringSet(let mine), .stringSet(let theirs)):
            return .stringSet(mine + theirs.filter(isAbsent(from: mine)))
        case (.numberSet(let mine), .numberSet(let theirs)):
            let known = Set(mine)
            return .numberSet(mine + theirs.filter { !known.contains($0) })
        case (.binarySet(let mine), .binarySet(let theirs)):
            let known = Set(mine)
            return .binarySet(mine + theirs.filter { !known.contains($0) })
        default: throw .wrongUpdateOperand
        }
    }

    /// DELETE: the set without those members; nil when none is left.
    package func deleting(_ other: AttributeValue) throws(ServiceError) -> AttributeValue? {
        switch (self, other) {
        case (.stringSet(let mine), .stringSet(let theirs)):
            let rest = mine.filter(isAbsent(from: theirs))
            return rest.isEmpty ? nil : .stringSet(rest)
        case (.numberSet(let mine), .numberSet(let theirs)):
            let gone = Set(theirs)
            let rest = mine.filter { !gone.contains($0) }
            return rest.isEmpty ? nil : .numberSet(rest)
        case (.binarySet(let mine), .binarySet(let theirs)):
            let gone = Set(theirs)
            let rest = mine.filter { !gone.contains($0) }
            return rest.isEmpty ? nil : .binarySet(rest)
        default: throw .wrongUpdateOperand
        }
    }
}

/// By bytes: Swift's own equality of strings takes different code points for the same.
private func isAbsent(from members: [String]) -> (String) -> Bool {
    let known = Set(members.map { Array($0.utf8) })
    return { !known.contains(Array($0.utf8)) }
}

extension ServiceError {
    package static let invalidUpdatePath = ServiceError.validationException(
        "The document path provided in the update expression is invalid for update"
    )
    package static let missingUpdateOperand = ServiceError.validationException(
        "The provided expression refers to an attribute that does not exist in the item"
    )
    package static let wrongUpdateOperand = ServiceError.validationException(
        "An operand in the update expression has an incorrect data type"
    )
}
