using Bitrix24.Gen.Importer.Markdown;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

public class TableTests
{
    [Fact]
    public void Cell_SpansLines_AndHoldsCodeListsAndEscapedBars()
    {
        var table = Read(
            """
            #|
            || **Name** | **Description** ||
            || **a** | `x || y` and a \| b

            ```json
            { "k": "|| no row ||" }
            ```
            ||
            || **b** | last ||
            |#
            """);

        Assert.Equal(3, table.Rows.Count);
        Assert.All(table.Rows, static r => Assert.Equal(2, r.Cells.Count));
        Assert.Contains("|| no row ||", table.Rows[1].Cells[1].Text, StringComparison.Ordinal);
        Assert.Equal(8, table.Rows[2].Line - table.Rows[1].Line + 2);
    }

    [Fact]
    public void MissingEndMark_EndsTheTableAtTheNextHeading()
    {
        var reader = new YfmReader();
        var blocks = reader.Read("#|\n|| **Name** | **Text** ||\n|| a | b ||\n\n## Next\n\ntext");

        Assert.Equal(2, Assert.IsType<Table>(blocks[0]).Rows.Count);
        Assert.IsType<Heading>(blocks[1]);
        Assert.Contains(reader.Problems, static p => p.Line == 1);
    }

    [Fact]
    public void MissingStartMark_StillIsATable()
    {
        var reader = new YfmReader();
        var table = Assert.IsType<Table>(reader.Read("|| **Name** | **Text** ||\n|| a | b ||\n|#")[0]);

        Assert.Equal(2, table.Rows.Count);
        Assert.NotEmpty(reader.Problems);
    }

    [Fact]
    public void UnterminatedRow_DoesNotSwallowTheNext()
    {
        var reader = new YfmReader();
        var table = Assert.IsType<Table>(reader.Read("#|\n|| a | b\n|| c | d ||\n|| e | f\n|#")[0]);

        Assert.Equal(["a", "c", "e"], table.Rows.Select(static r => r.Cells[0].Text));
        Assert.Equal(2, reader.Problems.Count);
    }

    [Fact]
    public void NestedTable_StaysInItsCell()
    {
        var table = Read("#|\n|| a | text\n#|\n|| x | y ||\n|#\n||\n|| b | c ||\n|#");

        Assert.Equal(2, table.Rows.Count);
        Assert.Contains("|| x | y ||", table.Rows[0].Cells[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void TableWithoutHeader_KeepsItsFirstRow()
    {
        var docs = Docs.Page("#|\n|| **first***\n[`integer`](t.md) | One ||\n|| **second**\n[`string`](t.md) | Two ||\n|#", """{"first": 1}""");

        Assert.Equal(["first", "second"], docs.Method().Params.Select(static p => p.Name));
        Assert.True(docs.Parameter("first").Required);
    }

    [Theory]
    [InlineData("**id***\n[`integer`](t.md)", "id", true)]
    [InlineData("**id^*^**\n[`integer`](t.md)", "id", true)]
    [InlineData("**id**^*^\n[`integer`](t.md)", "id", true)]
    [InlineData("**id\\***\n[`integer`](t.md)", "id", true)]
    [InlineData("**id** \n[`integer`](t.md)\\", "id", false)]
    [InlineData("**id** [`integer`](t.md)", "id", false)]
    public void NameCell_InAllItsForms(string cell, string name, bool required)
    {
        var docs = Docs.Page($"#|\n|| **Name**\n`type` | **Description** ||\n|| {cell} | Text ||\n|#", request: $$"""{"{{name}}": 1}""");

        var parameter = Assert.Single(docs.Method().Params);
        Assert.Equal(name, parameter.Name);
        Assert.Equal(required, parameter.Required);
        Assert.Equal(TypeKind.Long, parameter.Type.Kind);
    }

    [Theory]
    [InlineData("string \\| null", TypeKind.String)]
    [InlineData("integer[]", TypeKind.Array)]
    [InlineData("array<integer>", TypeKind.Array)]
    [InlineData("datetime", TypeKind.DateTime)]
    [InlineData("integer \\| string", TypeKind.Union)]
    [InlineData("whatever_this_is", TypeKind.Json)]
    public void TypeSpellings(string spelling, TypeKind kind)
    {
        var docs = Docs.Page($"#|\n|| **Name**\n`type` | **Description** ||\n|| **x**\n[`{spelling}`](t.md) | Text ||\n|#");

        Assert.Equal(kind, docs.Parameter("x").Type.Kind);
    }

    private static Table Read(string text) => Assert.IsType<Table>(new YfmReader().Read(text)[0]);
}
