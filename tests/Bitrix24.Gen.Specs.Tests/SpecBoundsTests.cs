namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Specs of hostile size and shape: they are read, or refused at their place, in a time that grows with their length.</summary>
public class SpecBoundsTests
{
    // Far more than any takes; what grows with the square takes minutes.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Shapes =>
    [
        "chain of aliases", "chain of aliases, last first", "circle of aliases", "chain of objects", "circle of objects", "lists of lists", "maps of maps", "union of many", "objects inside each other",
        "values of an enumeration", "fields of a type", "parameters of a method", "methods of a file", "error codes of a method", "aliases of a field", "patterns", "references",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Spec_of_any_shape_is_read_or_refused_in_time(string shape)
    {
        var text = Spec.Text(Members(shape));

        var problems = await Task.Run(() =>
        {
            var document = SpecReader.Read(Spec.Path, text, user: true);
            var set = SpecSet.Create([document]);
            foreach (var type in set.FindFile("demo.item")?.Types ?? default)
            {
                foreach (var field in type.Fields)
                    set.ResolveType(field.Type);
            }

            return document.Diagnostics.Concat(set.Diagnostics).ToList();
        }).WaitAsync(Long);

        Assert.All(problems, static p => Assert.InRange(p.Message.Length, 1, 2_000));
    }

    private static string Members(string shape) => shape switch
    {
        "chain of aliases" => Types(Each(12_000, i => $"\"T{i}\":{{\"type\":\"{(i == 11_999 ? "string" : $"T{i + 1}")}\"}}")),
        "chain of aliases, last first" => Types(Each(12_000, i => $"\"T{i}\":{{\"type\":\"{(i == 0 ? "string" : $"T{i - 1}")}\"}}")),
        "circle of aliases" => Types(Each(12_000, i => $"\"T{i}\":{{\"type\":\"T{(i + 1) % 12_000}\"}}")),
        "chain of objects" => Types(Each(5_000, i => $"\"T{i}\":{{\"fields\":{{\"a\":{{\"type\":\"{(i == 4_999 ? "int" : $"T{i + 1}")}\"}}}}}}")),
        "circle of objects" => Types(Each(5_000, i => $"\"T{i}\":{{\"fields\":{{\"a\":{{\"type\":\"T{(i + 1) % 5_000}[]\",\"required\":true}}}}}}")),
        "lists of lists" => Field("int" + string.Concat(Enumerable.Repeat("[]", 20_000))),
        "maps of maps" => Field(string.Concat(Enumerable.Repeat("map<", 20_000)) + "int" + new string('>', 20_000)),
        "union of many" => Field(string.Join('|', Enumerable.Repeat("int", 20_000))),
        "objects inside each other" => "\"types\":{\"T\":" + string.Concat(Enumerable.Repeat("{\"fields\":{\"a\":", 2_000)) + "{\"type\":\"int\"}" + string.Concat(Enumerable.Repeat("}}", 2_000)) + "}",
        "values of an enumeration" => Types("\"T\":{\"fields\":{\"a\":{\"type\":\"string\",\"enum\":[" + Each(50_000, static i => $"\"v{i}\"") + "]}}}"),
        "fields of a type" => Types("\"T\":{\"fields\":{" + Each(100_000, static i => $"\"f{i}\":{{\"type\":\"int\"}}") + "}}"),
        "parameters of a method" => "\"methods\":{\"demo.item.add\":{\"params\":{" + Each(50_000, static i => $"\"p{i}\":{{\"type\":\"int\"}}") + "}}}",
        "methods of a file" => "\"methods\":{" + Each(20_000, static i => $"\"demo.item.m{i}\":{{}}") + "}",
        "error codes of a method" => "\"methods\":{\"demo.item.add\":{\"errors\":{" + Each(50_000, static i => $"\"E{i}\":\"x\"") + "}}}",
        "aliases of a field" => Types("\"T\":{\"fields\":{\"a\":{\"type\":\"int\",\"aliases\":[" + Each(20_000, static i => $"\"a{i}\"") + "]}}}"),
        "patterns" => Types("\"T\":{\"fields\":{" + Each(2_000, static i => $"\"f{i}\":{{\"type\":\"string\",\"pattern\":\"^(a|a)*{i}$\"}}") + "}}"),
        _ => Types("\"T\":{\"fields\":{" + Each(20_000, static i => $"\"f{i}\":{{\"type\":\"Nothing{i}\"}}") + "}}"),
    };

    private static string Types(string types) => "\"types\":{" + types + "}";

    private static string Field(string type) => Types("\"T\":{\"fields\":{\"a\":{\"type\":\"" + type + "\"}}}");

    private static string Each(int count, Func<int, string> text) => string.Join(',', Enumerable.Range(0, count).Select(text));
}
