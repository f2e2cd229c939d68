import Model

/// Which SSESpecification makes sense. Source: API Reference, SSESpecification.
enum EncryptionRules {
    static func check(_ specification: SSESpecification?) throws(ServiceError) {
        guard let specification else { return }
        if specification.sseType == .aes256 { throw .invalid("SSEType AES256 is not supported") }
        if specification.enabled == true { return }
        if specification.kmsMasterKeyId != nil {
            throw .invalid("KMSMasterKeyId can be specified only when SSE is enabled")
        }
        if specification.sseType != nil { throw .invalid("SSEType can be specified only when SSE is enabled") }
    }
}
