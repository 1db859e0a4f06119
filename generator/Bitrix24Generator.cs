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
        public const string Plan = nameof(Plan);
        public const string Outputs = nameof(Outputs);
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var clients = Clients(context, ClientAttributes.All[0]).Collect();
        foreach (var attribute in ClientAttributes.All.Skip(1))
        {
            clients = clients.Combine(Clients(context, attribute).Collect())
                .Select(static (pair, _) => pair.Left.AddRange(pair.Right));
        }

        var specs = context.AdditionalTextsProvider
            .Where(static file => SpecFileName.IsSpec(file.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => AdditionalSpec.Create(pair.Left, pair.Right))
            .WithTrackingName(Steps.Specs);

        // Set by the package Bitrix24.Client, whose assembly has every area compiled.
        var precompiled = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.Bitrix24Precompiled", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

        var outputs = clients.Combine(specs.Collect()).Combine(precompiled)
            .Select(static (input, cancellationToken) => OutputPlanner.Plan(input.Left.Left, input.Left.Right, input.Right, cancellationToken))
            .WithTrackingName(Steps.Plan)
            .SelectMany(static (plan, _) => plan)
            .WithTrackingName(Steps.Outputs);

        context.RegisterSourceOutput(outputs, static (production, output) =>
            production.AddSource(output.HintName, OutputEmitter.Emit(output, production.CancellationToken)));
    }

    private static IncrementalValuesProvider<ClientModel> Clients(
        IncrementalGeneratorInitializationContext context, ClientAttribute attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute.FullName,
            static (node, _) => node is ClassDeclarationSyntax,
            (attributed, cancellationToken) => ClientParser.Parse(attributed, attribute.Api, cancellationToken))
        .Where(static c => c is not null)
        .Select(static (c, _) => c!)
        .WithTrackingName(Steps.Clients);
}
