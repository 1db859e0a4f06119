using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>What may be sent again: methods that read, and those whose names only look so.</summary>
public class EffectTests
{
    private static Idempotency Of(string name, string title = "Work on a Box", string opening = "does its work", string parameter = "ID of the box", string parameterName = "id")
    {
        var text = Docs.Text(name, $"#|\n|| **Name**\n`type` | **Description** ||\n|| **{parameterName}**\n[`integer`](data-types.md) | {parameter} ||\n|#")
            .Replace("Work on a Box", title, StringComparison.Ordinal).Replace("does its work", opening, StringComparison.Ordinal);
        return Docs.Import((Docs.FileOf(name), text)).Method(name).Idempotency;
    }

    [Theory]
    [InlineData("shop.box.get")]
    [InlineData("shop.box.list")]
    [InlineData("shop.box.fields")]
    [InlineData("shop.box.getTypes")]
    [InlineData("shop.box.isLocked")]
    public void Names_that_read(string name) => Assert.Equal(Idempotency.Read, Of(name));

    [Theory]
    [InlineData("shop.box.issue")]
    [InlineData("shop.box.listen")]
    [InlineData("shop.box.read.list")]
    [InlineData("shop.box.add")]
    [InlineData("shop.box.open")]
    public void Names_that_do_not(string name) => Assert.Equal(Idempotency.Unsafe, Of(name));

    [Fact]
    public void Pages_tell_what_names_hide()
    {
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", opening: "marks the box as seen"));
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", opening: "returns the box. If the box does not exist, it is created"));
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", title: "Take Boxes With Cleanup"));
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", parameterName: "clear"));
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", parameter: "`0` or `1` — whether to delete what was selected"));
        Assert.Equal(Idempotency.Unsafe, Of("shop.box.get", parameter: "Confirms all boxes below the number"));
    }
}
