using System.Text.RegularExpressions;
using Bitrix24.Gen.Generator.Tests.Harness;
using Xunit.Abstractions;

namespace Bitrix24.Gen.Generator.Tests;

public partial class UsageTests(ITestOutputHelper output)
{
    [Fact]
    public void Numbers_with_a_meaning_and_texts_by_language_have_typed_values() => GeneratorHarness.Run(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Bitrix24;
        using Bitrix24.Crm;
        using Bitrix24.Telephony;

        [Bitrix24Client("telephony.externalCall", "crm.deal.userfield", "crm.item.productrow", "user.add")]
        public partial class Portal;

        static class Usage
        {
            const int Missed = 3;

            static async Task<string?> Run(Portal portal, int type)
            {
                await portal.Telephony.ExternalCall.RegisterAsync(new() { UserId = 1, PhoneNumber = "1", Type = ExternalCallRegisterType.Incoming });
                await portal.Telephony.ExternalCall.RegisterAsync(new() { UserId = 1, PhoneNumber = "1", Type = type == ExternalCallRegisterType.Callback ? type : Missed });
                await foreach (var row in portal.Crm.Item.ProductRow.ListAsync(q => q.Where(r => r.DiscountTypeId == ItemProductRowDiscountTypeId.Percentage & r.OwnerId == 1)))
                    await portal.Crm.Item.ProductRow.UpdateAsync(row.Id, new() { DiscountTypeId = ItemProductRowDiscountTypeId.Monetary });
                await portal.Crm.Deal.UserField.AddAsync(new()
                {
                    FieldName = "A", UserTypeId = "string", EditFormLabel = "A", ListColumnLabel = new() { ["en"] = "A" },
                    ListFilterLabel = new Dictionary<string, string> { ["de"] = "A" },
                });
                await portal.User.AddAsync(new() { Email = "a@example.com", UfDepartment = [1] });
                return (await portal.Crm.Deal.UserField.GetAsync(1)).EditFormLabel?["en"];
            }
        }
        """,
        PackagedFiles.Of()).AssertCompiles();

    [Fact]
    public void WhatTheDesignShows_Compiles() => GeneratorHarness.Run(
        """
        using System;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Bitrix24;
        using Bitrix24.BiConnector;

        [Bitrix24Client("biconnector", "landing.repowidget", "landing.landing.favoriteBlock")]
        public partial class Portal;

        static class Usage
        {
            static async Task Run()
            {
                using var portal = new Portal(Bitrix24Credentials.Webhook("https://example.bitrix24.com/rest/1/secret/"));

                var added = await portal.BiConnector.Dataset.AddAsync(new()
                {
                    SourceId = 3, Name = "sales_2026", ExternalName = "Sales", ExternalCode = "sales",
                    Fields = [new() { Type = DatasetFieldType.Int, Name = "ID", ExternalCode = "ID" }],
                });

                await portal.BiConnector.Dataset.UpdateAsync(added.Id, new() { Description = "2026" });   // only what is assigned is sent

                await foreach (var dataset in portal.BiConnector.Dataset.ListAsync(q => q
                    .Where(d => d.Name.Like("sales%") & d.Id > 10)
                    .OrderByDescending(d => d.Id)
                    .Select(d => d.Id, d => d.Name)))
                    Console.WriteLine(dataset.Name);

                var batch = portal.CreateBatch();
                var source = batch.Add(new SourceGetRequest { Id = 3 });
                var sets   = batch.Add(new DatasetListRequest { Page = 1 });
                await batch.SendAsync();                                  // any size; 50 a request; each item has Result or Error

                try { await portal.BiConnector.Dataset.DeleteAsync(added.Id); }
                catch (Bitrix24ApiException e) when (e.Code == BiConnectorErrors.SourceNotFound) { Console.WriteLine(e.Message); }

                JsonElement raw = await portal.CallAsync("biconnector.dataset.get", new { id = 5 });   // checked against the spec too
            }
        }
        """,
        PackagedFiles.Of()).AssertCompiles();

    [Theory]
    [InlineData("Bitrix24", "bitrix24", "")]
    [InlineData("VibeCode", "vibecode", "vibecode/")]
    public void SizeOfGeneratedCode_IsKnown(string title, string api, string prefix)
    {
        var specs = PackagedFiles.Of(api);
        var areas = specs.Select(static f => Path.GetFileName(f.Path).Split('.')[0]).Where(static a => a != "api").Distinct();
        var harness = GeneratorHarness.Run(
            $"[Bitrix24.Bitrix24Client({string.Join(", ", areas.Select(a => $"\"{prefix}{a}\""))})] partial class Portal;", specs);
        var bytes = harness.Sources.Values.Sum(static s => (long)s.Length);
        var methods = harness.Sources.Values.Sum(static s => s.Split("\t[b24call(").Length - 1);
        var comments = harness.Sources.Values.SelectMany(static s => s.Split('\n')).Where(static l => l.StartsWith("\t///", StringComparison.Ordinal) || l.StartsWith("///", StringComparison.Ordinal)).Sum(static l => (long)l.Length);
        output.WriteLine($"{title}: {methods} methods, {bytes} bytes, {bytes / Math.Max(1, methods)} a method, {comments / Math.Max(1, methods)} of them comments");
        Assert.True(methods > 0);

        var properties = harness.Sources.Values.SelectMany(static s => Properties(s)).ToList();
        var meant = properties.Count(static p => p.Means);
        output.WriteLine($"{title}: {meant} of {properties.Count} properties say what they mean");
        var without = properties.Where(static p => !p.Means).Select(static p => p.Name).Distinct().Take(40);
        Assert.True(meant >= properties.Count * 0.87, $"{meant} of {properties.Count}; without: {string.Join(", ", without)}");
    }

    [GeneratedRegex("^[A-Z][a-z]+[ .]|^[A-Z]-?[a-zA-Z]* ")]
    private static partial Regex Sentence();

    // Of each property that holds a value: whether its comment has a sentence before the name on the wire.
    private static IEnumerable<(string Name, bool Means)> Properties(string source)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var (type, comment) = ("", "");
        foreach (var line in source.Split('\n'))
        {
            if (line.StartsWith("public sealed partial class ", StringComparison.Ordinal) || line.StartsWith("internal sealed partial class ", StringComparison.Ordinal))
                type = line.Split("class ")[1].Split(' ', '(')[0];
            if (line.StartsWith("\tpublic ", StringComparison.Ordinal) && line.Contains(" { get", StringComparison.Ordinal) && !line.Contains("Client ", StringComparison.Ordinal))
            {
                var means = comment.Contains("<summary>", StringComparison.Ordinal)
                    ? Sentence().IsMatch(comment.Split("<summary>")[1])
                    : comment.Contains("cref=\"", StringComparison.Ordinal) && known.GetValueOrDefault(comment.Split('"')[1]);
                var name = type + "." + line.Split(" { get")[0].Split(' ')[^1];
                known[name] = means;
                yield return (name, means);
            }

            comment = line.StartsWith("\t///", StringComparison.Ordinal) ? line : "";
        }
    }
}
