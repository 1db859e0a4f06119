using System.CommandLine;
using Bitrix24.Gen.Importer.Fields;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Importer.Commands;

/// <summary><c>b24-spec fields</c>: what an API answers about an entity's fields in, a spec file for the project out.</summary>
internal static class FieldsCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The answer as JSON: of VibeCode's GET /v1/ENTITY/fields or /v1/userfields/ENTITY, or of Bitrix24's *.fields and *.userfield.list." };
        var entity = new Option<string>("--entity") { Description = "What the fields are of, as its methods begin: deals, crm.deal.", Required = true };
        var api = new Option<string>("--api") { Description = "bitrix24, bitrix24-v3, vibecode or amocrm.", DefaultValueFactory = static _ => SpecSet.DefaultApi };
        var output = new Option<string?>("--out") { Description = "Write to this file, or into this folder; default: to the console." };
        var type = new Option<string?>("--type") { Description = "The name for the type of an entity that is not in the specs yet." };
        var descriptions = new Option<bool>("--descriptions") { Description = "Take over what people call the fields." };
        var open = new Option<bool>("--open") { Description = "Names that the answer does not list stay allowed." };
        var specs = new Option<DirectoryInfo?>("--specs") { Description = "Folder of spec files; default: the packaged ones." };
        var command = new Command(
            "fields",
            "Turns a description of fields, custom ones too, into a spec file of your project. Exit code 0: done; 1: it clashes with the specs; 2: not done.")
        {
            file, entity, api, output, type, descriptions, open, specs,
        };
        command.SetAction(result => CommandFailure.Guard(() =>
        {
            var input = result.GetValue(file)!;
            if (!input.Exists)
                return Fail(Console.Error, $"{input.FullName}: no such file.");
            var request = new FieldsRequest(result.GetValue(api)!, result.GetValue(entity)!)
            {
                Out = result.GetValue(output),
                Type = result.GetValue(type),
                Descriptions = result.GetValue(descriptions),
                Open = result.GetValue(open),
            };
            return Run(input.Name, File.ReadAllText(input.FullName), request, SpecFolder.Documents(result.GetValue(specs)), Console.Out, Console.Error);
        }, Console.Error));
        return command;
    }

    /// <summary>Makes the file. 0: done; 1: it is made, but does not fit the specs; 2: there is nothing to make it of.</summary>
    internal static int Run(
        string name, string text, FieldsRequest request, IReadOnlyList<SpecDocument> specs, TextWriter output, TextWriter errors)
    {
        var (answer, error) = JsonReader.Read(text);
        if (answer is null)
            return Fail(errors, $"{name}({error!.Range.Line + 1},{error.Range.Column + 1}): not JSON: {error.Message}");

        if (FieldAnswer.ErrorIn(answer) is { } refusal)
            return Fail(errors, $"{name}: the answer is an error: {refusal}");
        var fields = FieldAnswer.Read(answer);
        if (fields.Count == 0)
            return Fail(errors, $"{name}: no field is described here. A description is an object with a \"type\" for each field, by name, or a list of such objects with names.");
        if (FieldTarget.Find(SpecSet.Create(specs), request.Api, request.Entity, request.Type, out var problem) is not { } target)
            return Fail(errors, problem!);
        var path = PathOf(request.Out, target);
        if (SpecFileName.BaseName(path) != target.File || !SpecFileName.IsSpec(path))
            return Fail(errors, $"{path}: a spec file is found by its name; this one must be {target.File}{SpecFileName.Extension}.");

        var overlay = FieldOverlay.Create(target, fields, request.Descriptions, request.Open);
        foreach (var note in overlay.Notes)
            errors.Line($"{name}: {note}");
        errors.Line($"{target.Api}/{target.File}, type {target.Type}: {overlay.Added.Count} fields added, {overlay.Known} known already.");
        if (request.Out is null)
            output.Write(overlay.Text);
        else
            File.WriteAllText(path, overlay.Text);
        return Lint(path, overlay.Text, specs, errors);
    }

    private static string PathOf(string? given, FieldTarget target)
    {
        var name = target.File + SpecFileName.Extension;
        return given is null ? name : Directory.Exists(given) ? Path.Combine(given, name) : given;
    }

    /// <summary>Reads the file back, with the specs that it changes.</summary>
    private static int Lint(string path, string text, IReadOnlyList<SpecDocument> specs, TextWriter errors)
    {
        var document = SpecReader.Read(path, text, user: true);
        var found = document.Diagnostics.Concat(SpecSet.Create([.. specs, document]).Diagnostics.Where(d => d.Path == path)).ToArray();
        foreach (var diagnostic in found)
            errors.Line(SpecFolder.Describe(diagnostic));
        return found.Length > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private static int Fail(TextWriter errors, string message)
    {
        errors.Line(message);
        return ExitCode.BadInput;
    }
}

/// <summary>What <c>b24-spec fields</c> is asked for.</summary>
/// <param name="Api">The API.</param>
/// <param name="Entity">What the fields are of.</param>
internal sealed record FieldsRequest(string Api, string Entity)
{
    /// <summary>The file or folder to write to; null: the console.</summary>
    public string? Out { get; init; }

    /// <summary>The name for the type of a new entity.</summary>
    public string? Type { get; init; }

    public bool Descriptions { get; init; }

    public bool Open { get; init; }
}
