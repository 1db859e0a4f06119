using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

/// <summary>The markup of a widget that is made by <c>new VibeWidget { … }</c>.</summary>
public class WidgetBuilderTests
{
    [Theory]
    [InlineData(""" "<div class='w'><p v-if='a'>{{ b }}</p></div>" """)]
    [InlineData(""" "<div class='w'><p {|B24119:v-show|}='a'></p></div>" """)]
    [InlineData(""" "<div class='w'><b @click='{|B24119:go|}()'></b></div>" """)]
    [InlineData(""" "{|B24119:<div|} class='" + "w2'></div>" """)]
    [InlineData(""" "<div class='w'>" + text + "</div><div></div>" """)]
    [InlineData(""" @"<div class=""w""><a {|B24119:href|}=""/{{ id }}""></a></div>" """)]
    public Task Markup_is_checked_where_it_stands(string content) =>
        Verify.StatementsAsync(Widget(content) + ";");

    [Theory]
    [InlineData("", ";")]
    [InlineData("", """.WithLanguage("en", new Dictionary<string, string> { ["T"] = "t", ["U"] = "u" }).Validate();""")]
    [InlineData("T", """.WithLanguage("en", new Dictionary<string, string> { ["U"] = "u" }).Validate();""")]
    [InlineData("T", """.WithLanguage("en", new Dictionary<string, string> { { "U", "u" } }).WithLanguage("de", new Dictionary<string, string> { ["T"] = "t" }).Validate();""")]
    [InlineData("", """.WithLanguage("en", new Dictionary<string, string> { ["U"] = "u" });""")]
    [InlineData("", """.WithLanguage(text, new Dictionary<string, string> { ["U"] = "u" }).Validate();""")]
    [InlineData("", """.WithLanguage("en", new Dictionary<string, string> { [text] = "u" }).Validate();""")]
    public Task Phrases_are_looked_up_where_all_languages_are_written_out(string missing, string chain)
    {
        var code = missing.Length > 0 ? $"{{|B24119:{missing}|}}" : "T";
        return Verify.StatementsAsync(Widget($"\"<div class='w'>{{{{ $Bitrix.Loc.getMessage('{code}') }}}}</div>\"") + chain);
    }

    private static string Widget(string content) =>
        $$"""var widget = new VibeWidget { Code = "w", Name = "W", Preview = "p", Sections = "s", RootNode = ".w", Handler = text, Content = {{content}} }""";
}
