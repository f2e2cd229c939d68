/// List prices in dollars, us-east-1, standard table class. Source: reference I3.
struct PriceBook: Equatable, Sendable {
    var name: String
    /// A million on-demand request units.
    var writeMillion: Double
    var readMillion: Double
    /// One unit provisioned for an hour.
    var writeUnitHour = 0.00065
    var readUnitHour = 0.00013
    /// A gigabyte stored for a month.
    var storageMonth = 0.25

    /// Hours in a month as bills count them.
    static let hoursPerMonth = 730.0

    /// The prices of the articles, which held until November 2024.
    static let seed = PriceBook(name: "seed", writeMillion: 1.25, readMillion: 0.25)
    static let current = PriceBook(name: "current", writeMillion: 0.625, readMillion: 0.125)
    static let all = [current, seed]

    func onDemand(readUnits: Double, writeUnits: Double) -> Double {
        (readUnits * readMillion + writeUnits * writeMillion) / 1_000_000
    }

    func provisioned(readUnits: Int, writeUnits: Int, hours: Double) -> Double {
        (Double(readUnits) * readUnitHour + Double(writeUnits) * writeUnitHour) * hours
    }
}

/// `$1,234.50`; small sums with as many decimals as show two digits: `$0.0000025`.
func money(_ dollars: Double) -> String {
    if dollars == 0 { return "$0" }
    if dollars < 0.01 { return "$" + smallDecimal(dollars) }
    let cents = Int((dollars * 100).rounded())
    var bytes = Array("$".utf8)
    bytes.append(hundredths: cents)
    return String(decoding: bytes, as: UTF8.self)
}

/// A price as the list has it: at least two decimals, at most five, nothing rounded away: `$0.125`.
func priceText(_ dollars: Double) -> String {
    let scaled = Int((dollars * 100_000).rounded())
    let digits = String(scaled % 100_000)
    var decimals = String(repeating: "0", count: 5 - digits.count) + digits
    while decimals.count > 2, decimals.last == "0" { decimals.removeLast() }
    return "$\(grouped(scaled / 100_000)).\(decimals)"
}

/// A value below 0.01 with two significant digits and no exponent.
private func smallDecimal(_ value: Double) -> String {
    var scaled = value
    var zeros = 0
    while scaled < 0.1 {
        scaled *= 10
        zeros += 1
    }
    var digits = Int((scaled * 100).rounded())
    if digits == 100, zeros > 0 { (digits, zeros) = (10, zeros - 1) }
    var text = "0." + String(repeating: "0", count: zeros) + "\(digits)"
    while text.last == "0" { text.removeLast() }
    return text
}
