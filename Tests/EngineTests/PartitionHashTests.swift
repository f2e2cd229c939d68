import Model
import Testing

@testable import Engine

/// MD5 of "Outliers" and the key's bytes. The vectors were computed with Python's hashlib, the number bytes by a second
/// implementation of reference E1.
struct PartitionHashTests {
    struct Vector: Sendable {
        let value: AttributeValue
        let bytes: [UInt8]
        let hash: UInt128

        init(_ value: AttributeValue, _ bytes: [UInt8], _ hash: UInt128) {
            self.value = value
            self.bytes = bytes
            self.hash = hash
        }
    }

    static let vectors: [Vector] = [
        Vector("a", [0x61], 0xf655_8e51_6275_dee2_4859_1cc7_cee8_5dae),
        Vector("Sade", Array("Sade".utf8), 0x52a9_0a65_94fd_49d0_0a83_2ba4_25de_5c50),
        Vector("é😀", Array("é😀".utf8), 0x4c79_7f64_64b0_baee_d364_003e_f034_9aac),
        Vector(.binary([0]), [0], 0xf71f_23f3_e334_c4e5_0693_1ef8_b456_f662),
        Vector(.binary([0xFF]), [0xFF], 0x3c34_03f3_3afc_c760_3994_002e_9d2e_cd44),
        Vector(.binary([0, 0xFF, 0x10]), [0, 0xFF, 0x10], 0x9fb4_0f1e_377a_85d1_18e4_e092_81d8_527b),
        Vector(0, [0x80], 0xce21_2d75_1674_ab5d_7a4c_2add_6a1b_39b8),
        Vector(1, [0xC1, 0x02], 0xc3a0_310a_ed78_739b_8c9c_4133_f23e_d717),
        Vector(-1, [0x3E, 0x64, 0x66], 0x0267_df4c_9555_9d50_e1dd_7e1e_5ba7_1d60),
        Vector(10, [0xC1, 0x0B], 0x3c46_5f5a_d8c2_8afa_c2e4_e06d_6968_9866),
        Vector(100, [0xC2, 0x02], 0x6840_bd23_a62f_cf9a_979c_0f3e_8800_4905),
        Vector(.decimal("0.5"), [0xC0, 0x33], 0xb4a0_a7d4_0f7d_f1c3_8de3_e39c_da25_7762),
        Vector(.decimal("-0.05"), [0x3F, 0x60, 0x66], 0x773b_bcb7_bd3f_b8fd_2681_c688_1453_6f9c),
        Vector(.decimal("123.456"), [0xC2, 2, 0x18, 0x2E, 0x3D], 0x5a80_6057_72ad_a056_b8fa_6ac4_2174_6ee3),
        Vector(
            .decimal("-123.456"),
            [0x3D, 0x64, 0x4E, 0x38, 0x29, 0x66],
            0x7473_7295_f13b_73ec_94dc_f828_4456_b1ec
        ),
        Vector(.decimal("1E125"), [0xFF, 0x0B], 0x2f28_57f5_242d_a8c0_e705_022a_1e52_e931),
        Vector(.decimal("1E-130"), [0x80, 0x02], 0x727d_e75f_ed0d_7a87_8c4a_20e2_29a1_b990),
        Vector(.decimal("-1E-130"), [0x7F, 0x64, 0x66], 0x3ad3_e0d2_5a9e_3913_6b69_5011_29b1_6642),
        // Twenty pairs need no closing byte; nineteen do.
        Vector(
            .decimal("-99999999999999999999999999999999999999E87"),
            [0, 0x5C] + Array(repeating: 0x02, count: 18) + [0x0B],
            0x5f41_9f8c_2504_b3f9_520b_9081_8f58_53be
        ),
        Vector(
            .decimal("-99999999999999999999999999999999999999E88"),
            [0] + Array(repeating: 0x02, count: 19) + [0x66],
            0x2188_9b5a_660e_5176_da3f_efdb_777d_b4e8
        ),
    ]

    @Test(arguments: vectors)
    func keyBytesAndHashAreThoseOfTheReference(_ vector: Vector) {
        #expect(vector.value.orderedBytes == vector.bytes)
        #expect(PartitionHash.hash(vector.value.orderedBytes) == vector.hash)
    }

    @Test func equalNumbersHashAlikeHoweverTheyAreWritten() {
        let one = AttributeValue.decimal("1").orderedBytes
        for text in ["1.0", "+1", "01.00", "10e-1", "0.1E1"] {
            #expect(AttributeValue.decimal(text).orderedBytes == one)
        }
    }

    @Test(arguments: vectors)
    func aTableFindsItsPartitionByTheSameHash(_ vector: Vector) throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", "pk", vector.value.type, partitions: 7))
        let found = try region.locate(["pk": vector.value], in: "Music", index: nil)
        #expect(found.hash == vector.hash)
        #expect(found.partition.number == Int(vector.hash.multipliedFullWidth(by: 7).high))
        try region.put("Music", ["pk": vector.value, "n": 1])
        #expect(try region.get("Music", ["pk": vector.value])?["n"] == 1)
    }

    /// ("ab", "c") and ("a", "bc") are different keys of an index with two HASH attributes.
    @Test func attributesOfAnIndexKeyAreHashedWithTheirLengths() throws {
        let region = Region(profile: .serve)
        let index = CreateTableRequest.GlobalIndex(name: "byBoth", hash: [("a", .string), ("b", .string)])
        try region.create(.table("Music", globals: [index]))
        let left = try region.locate(["a": "ab", "b": "c"], in: "Music", index: "byBoth")
        let right = try region.locate(["a": "a", "b": "bc"], in: "Music", index: "byBoth")
        #expect(left.hash != right.hash)
        #expect(left.hash == PartitionHash.hash([0, 2] + Array("ab".utf8) + [0, 1] + Array("c".utf8)))
    }
}
