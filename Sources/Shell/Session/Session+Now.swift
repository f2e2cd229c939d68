import Glibc
import Model

/// `:now` in any statement: the time in seconds since 1970, by the simulated clock where there is one.
extension Session {
    static let nowParameter = ":now"

    /// A `.param :now` of the user's own stays what it is.
    func refreshNow() {
        guard !definesNow else { return }
        let seconds = laboratory.map { $0.now.microseconds / 1_000_000 } ?? Int64(time(nil))
        guard seconds != nowSeconds else { return }
        nowSeconds = seconds
        parser.parameters[Self.nowParameter] = .number(Number(Int(seconds)))
    }

    /// After the user changed or cleared parameters.
    func parametersChanged(ownsNow: Bool) {
        definesNow = ownsNow
        nowSeconds = nil
        refreshNow()
    }
}
