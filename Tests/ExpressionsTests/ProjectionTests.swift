import Expressions
import Model
import Testing

struct ProjectionTests {
    struct Sample: Sendable {
        let text: String
        let result: Item

        init(_ text: String, _ result: Item) {
            self.text = text
            self.result = result
        }
    }

    @Test(arguments: [
        Sample("word, num", ["word": "hello", "num": 5]),
        Sample("#w,gone", ["word": "hello"]),
        Sample("gone", [:]),
        Sample("#dot", ["a.b": "dotted"]),
        Sample("doc.kid.low", ["doc": ["kid": ["low": 1]]]),
        Sample("doc.title, doc.kid, word", ["doc": ["kid": ["low": 1], "title": "d"], "word": "hello"]),
        // Elements come back in ascending order, without gaps.
        Sample("goods[2], goods[0]", ["goods": ["x", ["k": "v"]]]),
        Sample("goods[2].k, goods[1]", ["goods": [7, ["k": "v"]]]),
        Sample("goods[7], doc.gone, word.x, num[0], wide[0].x", [:]),
        Sample("doc[0], goods.k", [:]),
        Sample("doc.kid.gone, goods[0].x", [:]),
    ])
    func cutsPathsOut(sample: Sample) throws {
        #expect(try Samples.projection(sample.text).project(Samples.item) == sample.result)
    }

    @Test(arguments: [
        ("", "The expression can not be empty;"),
        ("word,", "Syntax error; token: \"<EOF>\", near: \",\""),
        ("word num", "Syntax error; token: \"num\", near: \"word num\""),
        (":one", "Syntax error; token: \":one\", near: \":one\""),
        ("doc.count, #gone", "Attribute name is a reserved keyword; reserved keyword: count"),
        (
            "word, word, #gone",
            "An expression attribute name used in the document path is not defined; attribute name: #gone"
        ),
        (
            "num, word, #w",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [word], path two: [word]"
        ),
        (
            "doc.a.b, doc.a",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [doc, a, b], path two: [doc, a]"
        ),
        (
            "doc[0], doc.a",
            "Two document paths conflict with each other; must remove or rewrite one of these paths; "
                + "path one: [doc, [0]], path two: [doc, a]"
        ),
        (
            "doc[0], doc.a, word, word",
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                + "path one: [word], path two: [word]"
        ),
    ])
    func refuses(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.projection(text) }
                == "Invalid ProjectionExpression: \(expected)"
        )
    }

    @Test func siblingsDoNotOverlap() throws {
        let projection = try Samples.projection("doc.a.b, doc.a.c, goods[0], goods[1], word")
        #expect(projection.paths.map(\.description) == ["doc.a.b", "doc.a.c", "goods[0]", "goods[1]", "word"])
        #expect(projection.topLevelNames == ["doc", "goods", "word"])
    }
}
