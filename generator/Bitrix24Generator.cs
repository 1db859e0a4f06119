using System.Linq;
using Bitrix24.Gen.Generator.Emitting;
using Bitrix24.Gen.Generator.Model;
using Bitrix24.Gen.Generator.Parsing;
using Bitrix24.Gen.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Bitrix24.Gen.Generator;

/// <summary>
/// Generates the client classes marked with <c>[Bitrix24Client]</c> and its like from the spec files among the project's additional
/// files. Reports nothing: what is wrong with a spec or a client class is said by the analyzers, and left out here.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class Bitrix24Generator : IIncrementalGenerator
{
    /// <summary>Names of the pipeline's steps, for tests of caching.</summary>
    public static class Steps
    {
        public const string Clients = nameof(Clients);
        public const string Specs = nameof(Specs);
        public const string Words = nameof(Words);
        public const string Plan = nameof(Plan);
        public const string Outputs = nameof(Outputs);
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // What flows here are reference types: the compiler, mostly started for one build, compiles the tables of each value type anew.
        var clients = ClientsOf(context, ClientAttributes.All[0]);
        foreach (var attribute in ClientAttributes.All.Skip(1))
        {
            clients = clients.Combine(ClientsOf(context, attribute))
                .Select(static (pair, _) => new ProjectClients(pair.Left.All.Concat(pair.Right.All).ToEquatableArray()));
        }

        var specs = context.AdditionalTextsProvider
            .Where(static file => SpecFileName.IsSpec(file.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => AdditionalSpec.Create(pair.Left, pair.Right))
            .WithTrackingName(Steps.Specs)
            .Collect()
            .Select(static (files, _) => new ProjectSpecs(files));

        // Nothing of this runs in an editor: OtherFiles are there in a build that emits only what is used.
        var words = context.AdditionalTextsProvider
            .Where(static file => !SpecFileName.IsSpec(file.Path))
            .Collect()
            .SelectMany(static (files, _) => OtherFiles.Of(files))
            .Combine(context.CompilationProvider)
            .Select(static (pair, cancellationToken) => new ProjectWords(pair.Right, pair.Left, cancellationToken))
            .WithTrackingName(Steps.Words)
            .Collect();

        var outputs = clients.Combine(specs)
            .Combine(context.AnalyzerConfigOptionsProvider.Combine(words)
                .Select(static (pair, _) => ProjectOptions.Read(pair.Left.GlobalOptions, pair.Right.FirstOrDefault())))
            .Select(static (input, cancellationToken) => OutputPlanner.Plan(input.Left.Left, input.Left.Right, input.Right, cancellationToken))
            .WithTrackingName(Steps.Plan)
            .SelectMany(static (plan, _) => plan.Outputs)
            .WithTrackingName(Steps.Outputs);

        context.RegisterSourceOutput(outputs, static (production, output) =>
            production.AddSource(output.HintName, OutputEmitter.Emit(output, production.CancellationToken)));
    }

    private static IncrementalValueProvider<ProjectClients> ClientsOf(
        IncrementalGeneratorInitializationContext context, ClientAttribute attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute.FullName,
            static (node, _) => node is ClassDeclarationSyntax,
            (attributed, cancellationToken) => ClientParser.Parse(attributed, attribute.Api, cancellationToken))
        .Where(static c => c is not null)
        .Select(static (c, _) => c!)
        .WithTrackingName(Steps.Clients)
        .Collect()
        .Select(static (found, _) => new ProjectClients(found.ToEquatableArray()));
}
