import Model

/// Reads the policy that a request attaches to a table or stream: JSON inside a text.
public enum ResourcePolicyDecoder {
    public static func decode(_ text: String) throws(PolicyError) -> ResourcePolicy {
        let document: Document
        do {
            document = try JSONReader.read(Array(text.utf8))
        } catch {
            throw PolicyError("the policy is no JSON", at: [])
        }
        return ResourcePolicy(text: text, policy: try PolicyDecoder.decode(document, of: .resource))
    }
}
