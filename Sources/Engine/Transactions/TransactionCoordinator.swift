import Model

/// Carries a transaction out in two phases: every item's partition is asked to prepare; when all accept, all commit,
/// otherwise nothing is changed and each refusal is told.
///
/// Both phases happen within one request here, so no other request can come between them.
struct TransactionCoordinator {
    /// One action, ready to be tried.
    struct Participant {
        let write: ItemWrite
        let key: [UInt8]
        let partition: Partition

        /// The item as the leader has it.
        var storedItem: Item? { key.withUnsafeBytes { partition.tree.item(at: KeyProbe($0)) } }
    }

    enum Vote {
        case accepted(old: Item?, new: Item?)
        case rejected(CancellationReason)
    }

    /// By position of the action: one that can be tried, or one that was refused before its item was looked for.
    enum Member {
        case participant(Participant)
        case refused(Table, CancellationReason)
    }

    let members: [Member]

    var participants: [Participant] {
        members.compactMap { if case .participant(let participant) = $0 { participant } else { nil } }
    }

    /// Phase one: conditions and limits of every item, in the order of the actions.
    func prepare() -> [Vote] {
        members.map { member in
            switch member {
            case .participant(let participant): vote(of: participant)
            case .refused(_, let reason): .rejected(reason)
            }
        }
    }

    private func vote(of participant: Participant) -> Vote {
        let old = participant.storedItem
        do throws(ServiceError) {
            return .accepted(old: old, new: try participant.write.newItem(replacing: old))
        } catch {
            return .rejected(CancellationReason(error))
        }
    }

    /// Phase two: every accepted change at one instant. A condition check changes nothing.
    func commit(_ votes: [Vote], on instant: SimulatedInstant, isTorn: Bool = false) {
        for (member, vote) in isTorn ? Array(zip(members, votes).dropLast()) : Array(zip(members, votes)) {
            guard case .participant(let participant) = member, case .accepted(_, let new) = vote else {
                preconditionFailure("only an agreed transaction commits")
            }
            if case .check = participant.write.effect { continue }
            participant.key.withUnsafeBytes { bytes -> Void in
                participant.partition.commit(new, at: KeyProbe(bytes), on: instant)
            }
        }
    }
}

extension CancellationReason {
    /// How a refusal of one item is told inside TransactionCanceledException.
    init(_ error: ServiceError) {
        switch error {
        case .conditionalCheckFailedException(let item):
            self.init(code: .conditionalCheckFailed, message: error.message, item: item)
        case .duplicateItemException:
            self.init(code: .duplicateItem, message: error.message)
        case .itemCollectionSizeLimitExceededException:
            self.init(code: .itemCollectionSizeLimitExceeded, message: error.message)
        case .transactionConflictException:
            self.init(code: .transactionConflict, message: error.message)
        case .provisionedThroughputExceededException:
            self.init(code: .provisionedThroughputExceeded, message: error.message)
        case .throttlingException:
            self.init(code: .throttlingError, message: error.message)
        case .validationException, .resourceNotFoundException, .resourceInUseException, .limitExceededException,
            .transactionCanceledException, .transactionInProgressException, .idempotentParameterMismatchException,
            .accessDeniedException, .unrecognizedClientException, .invalidSignatureException, .expiredIteratorException,
            .trimmedDataAccessException, .policyNotFoundException, .missingAuthenticationTokenException,
            .incompleteSignatureException, .unknownOperationException, .internalServerError:
            self.init(code: .validationError, message: error.message)
        }
    }
}
