namespace Bitrix24.Gen.Specs.Tests;

public class SpecWriterTests
{
    [Fact]
    public void Packaged_files_are_read_back_as_they_were_written()
    {
        foreach (var (path, text) in Spec.Packaged)
        {
            var document = SpecReader.Read(path, text);
            if (document.Root!.Find("entities") is null && document.Root.Find("templates") is null)
                AssertRoundTrip(document.File!, path);
        }
    }

    [Fact]
    public void Merged_and_expanded_files_are_too()
    {
        var set = SpecSet.Create(Spec.Packaged.Select(static f => SpecReader.Read(f.Path, f.Text)));

        // The C# names of inline objects come from the profile, not from the file.
        foreach (var file in set.Files.Select(static f => f with { Types = f.Types.Select(static t => t.Inline ? t with { CSharpName = null } : t).ToEquatableArray() }))
            AssertRoundTrip(file, $"specs/{file.Api}/{file.Name}{SpecFileName.Extension}");
    }

    [Fact]
    public void Whatever_can_be_read_is_read_back_as_it_was_written()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var path = seed % 5 == 0 ? "specs/bitrix24/api.b24.json" : Spec.Path;
            var text = new SpecGenerator(seed).File(profile: seed % 5 == 0);
            var document = SpecReader.Read(path, text);
            Assert.True(document.Diagnostics.Count == 0, $"seed {seed}: {Spec.Show(document.Diagnostics)}\n{text}");
            AssertRoundTrip(document.File!, path);
        }
    }

    [Fact]
    public void Short_things_stand_on_one_line_and_keys_in_one_order()
    {
        var file = Spec.Read("""
            "methods": { "demo.item.get": { "errors": { "B": "b", "A": { "status": 404 } }, "result": { "fields": { "x": { "required": true, "type": "int" } } }, "operation": "get" } },
            "types": { "Item": { "fields": { "id": { "readOnly": true, "type": "int" } } } }, "scope": "demo"
            """).File!;

        Assert.Equal(
            """
            {
              "$schema": "../b24.schema.json",
              "api": "bitrix24",
              "scope": "demo",
              "types": {
                "Item": { "fields": { "id": { "type": "int", "readOnly": true } } }
              },
              "methods": {
                "demo.item.get": {
                  "operation": "get",
                  "result": { "fields": { "x": { "type": "int", "required": true } } },
                  "errors": { "B": "b", "A": { "status": 404 } }
                }
              }
            }

            """.ReplaceLineEndings("\n"),
            SpecWriter.Write(file));
    }

    [Fact]
    public void An_inline_object_that_is_used_twice_is_written_by_name()
    {
        var file = Spec.ReadFields(""" "a": { "fields": { "x": { "type": "int" } } } """).File!;
        var type = file.Types[0];
        file = file with { Types = new([type with { Fields = new([type.Fields[0], type.Fields[0] with { Name = "b" }]) }, file.Types[1]]) };

        var again = SpecReader.Read(Spec.Path, SpecWriter.Write(file));

        Assert.Equal("", Spec.Show(Spec.Problems(again)));
        Assert.Equal(["T", "TA"], again.File!.Types.Select(static t => t.Name));
        Assert.Equal(again.File.Types[0].Fields[0].Type, again.File.Types[0].Fields[1].Type);
    }

    private static void AssertRoundTrip(SpecFile file, string path)
    {
        var text = SpecWriter.Write(file);
        var again = SpecReader.Read(path, text);

        Assert.True(again.Diagnostics.Count == 0, Spec.Show(again.Diagnostics) + "\n" + text);
        Assert.True(file == again.File, $"{path} changed:\n{text}\n{SpecWriter.Write(again.File!)}");
        Assert.Equal(text, SpecWriter.Write(again.File!));
        Assert.DoesNotContain('\r', text);
    }
}
