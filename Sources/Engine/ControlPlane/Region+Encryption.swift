import Model

/// Encryption at rest: which key, and nothing more. What is stored is stored as it is.
extension Region {
    /// What a specification comes to; nil for the key that the service owns.
    func encryption(_ specification: SSESpecification?) -> SSEDescription? {
        guard let specification, specification.enabled == true else { return nil }
        return SSEDescription(
            sseType: .kms,
            kmsMasterKeyArn: keyArn(specification.kmsMasterKeyId ?? "alias/aws/dynamodb")
        )
    }

    /// An ARN stands for itself; a key's identifier belongs to this account; an alias always leads to the same key.
    private func keyArn(_ key: String) -> String {
        if key.utf8.starts(with: "arn:".utf8) { return key }
        var identifier = key
        if key.utf8.starts(with: "alias/".utf8) {
            var sum = Checksum()
            Array(key.utf8).withUnsafeBytes { sum.add($0) }
            identifier = Region.identifier(
                Randomness.draw(simulation.seed, sum.value, 0),
                Randomness.draw(simulation.seed, sum.value, 1)
            )
        }
        return "arn:aws:kms:\(name):\(accountID):key/\(identifier)"
    }
}
