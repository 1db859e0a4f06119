using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Importer.Pages;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Tests;

/// <summary>A small documentation, written for a test, and what the import makes of it.</summary>
internal sealed class Docs
{
    private Docs(ImportResult result)
    {
        Result = result;
        Documents = SpecOutput.Write(result.Files);
        Set = SpecSet.Create(Documents);
    }

    public ImportResult Result { get; }

    public IReadOnlyList<SpecDocument> Documents { get; }

    public SpecSet Set { get; }

    public static Docs Import(params (string Path, string Text)[] pages) =>
        new(DocImporter.Import(new DocSet(pages.Select(static p => DocPage.Read(p.Path, p.Text)))));

    /// <summary>One method page with the given parameter section, request and answer.</summary>
    public static Docs Page(string parameters, string request = "{}", string answer = """{"result": true}""", string name = "shop.box.add", string after = "") =>
        Import((FileOf(name), Text(name, parameters, request, answer, after)));

    public static string FileOf(string name) => "api/" + name.Replace('.', '-') + ".md";

    public static string Text(string name, string parameters, string request = "{}", string answer = """{"result": true}""", string after = "", string url = "/rest/") =>
        $$"""
        # Work on a Box {{name}}

        > Scope: [`shop`](../scopes.md)
        >
        > Who can execute the method: any user

        The method `{{name}}` does its work.

        ## Method Parameters

        {{parameters}}

        ## Code Examples

        {% list tabs %}

        - cURL (Webhook)

            ```bash
            curl -X POST \
            -H "Content-Type: application/json" \
            -d '{{request}}' \
            https://**put_your_bitrix24_address**{{url}}**user**/**code**/{{name}}
            ```

        {% endlist %}

        ## Response Handling

        HTTP Status: **200**

        ```json
        {{answer}}
        ```

        {{after}}
        """;

    public MethodSpec Method(string name = "shop.box.add", string api = "bitrix24") =>
        Set.FindMethod(name, api) ?? throw new InvalidOperationException($"No method {name} was imported.");

    public FieldSpec Parameter(string parameter, string method = "shop.box.add") => Method(method).Params.Single(p => p.Name == parameter);

    public TypeSpec Type(TypeRef type) => Set.ResolveType(type.Kind is TypeKind.Array or TypeKind.Map ? type.Element! : type)!;

    public FieldSpec Field(TypeRef type, string field) => Type(type).Fields.Single(f => f.Name == field);

    public IEnumerable<string> Notes => Result.Methods.SelectMany(static m => m.Tally.Notes).Select(static n => n.Message);
}
