using Bitrix24.Gen.Emulator;
using Bitrix24.Gen.Importer.Output;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Tool.Tests;

/// <summary>A portal as people make them: names that are no identifiers, labels that come twice, every type of field.</summary>
public sealed class OddPortalTests
{
    [Theory]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(502, "<html>Bad gateway</html>")]
    public async Task Server_that_answers_no_call_ends_the_pull_soon(int status, string body)
    {
        await using var portal = await TestPortal.StartAsync();
        // Three calls, each sent four times; a fourth one would be answered.
        portal.Inject(Fault.Answer(status, body) with { Times = 12 });
        using var folder = new PulledFolder();

        var (code, _, errors) = folder.Pull(portal.WebhookUrl);

        Assert.Equal(2, code);
        Assert.Contains("answers no call", errors, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    private static readonly string[] FieldTypes =
        ["string", "integer", "double", "boolean", "date", "datetime", "money", "url", "address", "file", "employee", "crm", "crm_status", "iblock_element", "iblock_section", "hlblock", "resourcebooking", "disk_file", "vote", "snils", "rest_1_acme"];

    [Fact]
    public async Task What_was_pulled_builds_without_a_diagnostic_and_each_is_typed()
    {
        // Other modules' types are refused where no module has declared them.
        await using var portal = await PortalEmulator.StartAsync(new() { Lenient = true });
        foreach (var (index, type) in FieldTypes.Index())
        {
            await AddFieldAsync(portal, "deal", $"{1700000000 + index}", type, multiple: false, label: $"Поле \"{type}\" № {index} */ </summary> &");
            await AddFieldAsync(portal, "contact", $"M_{type}".ToUpperInvariant(), type, multiple: true, label: "Same label");
        }

        await AddFieldAsync(portal, "deal", "CLASS", "string", multiple: false, label: "class");
        await AddFieldAsync(portal, "deal", "X1", "string", multiple: false, label: "One");
        await AddFieldAsync(portal, "deal", "X_1", "string", multiple: false, label: "Another");
        await AddFieldAsync(portal, "deal", "2_X", "string", multiple: false, label: "2");
        await AddFieldAsync(portal, "deal", "TITLE", "string", multiple: false, label: "Название");
        await AddListAsync(portal, "deal", "COLOR", multiple: false, "Red", "red", "Красный", "Красный", "C# / .NET", "", "1", "class", "Red 2", "‮evil");
        foreach (var entity in new[] { "company", "quote" })
            await AddFieldAsync(portal, entity, "EXTRA", "double", multiple: false, label: "Extra");
        await AddListAsync(portal, "lead", "COLOR", multiple: true, "A", "A", "a b", "a-b", "a_b");
        foreach (var (id, title) in new[] { (1032, "Contract"), (1034, "contract"), (1036, "Договоры поставки"), (1038, "1С: Сделки"), (1040, "Task"), (1042, "Contract 1034"), (1044, "string"), (1046, "Item"), (1048, "合同"), (1050, "Type"), (1052, "../../evil") })
            await TestPortal.CallAsync(portal, "crm.type.add", new { fields = new { title, entityTypeId = id, isStagesEnabled = "Y", isCategoriesEnabled = "Y" } });
        foreach (var type in new[] { 2, 1032 })
        {
            await TestPortal.CallAsync(portal, "crm.category.add", new { entityTypeId = type, fields = new { name = "Опт" } });
            await TestPortal.CallAsync(portal, "crm.category.add", new { entityTypeId = type, fields = new { name = "Wholesale & retail" } });
        }

        using var folder = new PulledFolder();
        var (code, output, errors) = folder.Pull(portal.WebhookUrl, static s => s.Options = new() { Descriptions = true });
        Assert.True(code == 0, errors + output);
        var files = folder.Files.Where(static f => f.Key.EndsWith(SpecFileName.Extension, StringComparison.Ordinal)).ToList();
        foreach (var entity in new[] { "company", "quote" })
            Assert.Contains("UF_CRM_EXTRA", folder.Files[$"crm.{entity}.b24.json"], StringComparison.Ordinal);
        Assert.All(files, static f => Assert.DoesNotContain("..", f.Key, StringComparison.Ordinal));

        var harness = GeneratorHarness.Run(
            """
            using System;
            using System.Threading.Tasks;
            using Bitrix24;
            using Bitrix24.Crm;
            using Bitrix24.SmartProcess;

            [Bitrix24Client("crm.deal", "crm.contact", "crm.lead", "smartProcess")]
            internal partial class Portal;

            internal static class Program
            {
                internal static async Task RunAsync(Portal portal)
                {
                    var id = await portal.Crm.Deal.AddAsync(new()
                    {
                        Title = "Odd",
                        UfCrmClass = "c", UfCrmX1 = "1", UfCrmX1No2 = "other", UfCrm2X = "2", UfCrmTitle = "t",
                        UfCrm1700000000 = "text", UfCrm1700000001 = 5, UfCrm1700000002 = 1.5m, UfCrm1700000003 = true,
                        UfCrm1700000004 = new DateOnly(2026, 11, 27), UfCrm1700000005 = DateTimeOffset.UtcNow, UfCrm1700000006 = "10|EUR",
                        UfCrm1700000009 = Bitrix24File.FromBytes("a.txt", new byte[] { 1 }), UfCrm1700000010 = 1,
                    });
                    await portal.Crm.Contact.AddAsync(new() { Name = "Ann", UfCrmMString = ["a", "b"], UfCrmMInteger = [1, 2], UfCrmMDate = [new DateOnly(2026, 1, 1)] });
                    await portal.SmartProcess.Contract.AddAsync(new() { Title = "One" });
                    await portal.SmartProcess.DogovoryPostavki.AddAsync(new() { Title = "Two" });
                    await foreach (var each in portal.SmartProcess.Task.ListAsync(q => q.Where(t => t.Id == id)))
                        Console.WriteLine(each.Title);
                }
            }
            """,
            [.. PackagedSpecs.Documents.Select(static d => new TestFile(d.Path, d.Text)), .. files.Select(static f => new TestFile("/project/" + f.Key, f.Value, packaged: false))]);
        harness.AssertCompiles();
        Assert.Empty(harness.Result.Diagnostics);
    }

    private static Task AddFieldAsync(PortalEmulator portal, string entity, string name, string type, bool multiple, string label) => TestPortal.CallAsync(
        portal, $"crm.{entity}.userfield.add",
        new { fields = new { FIELD_NAME = name, USER_TYPE_ID = type, MULTIPLE = multiple ? "Y" : "N", EDIT_FORM_LABEL = new { ru = label, en = label }, LIST_COLUMN_LABEL = new { ru = label, en = label } } });

    private static Task AddListAsync(PortalEmulator portal, string entity, string name, bool multiple, params string[] values) => TestPortal.CallAsync(
        portal, $"crm.{entity}.userfield.add",
        new { fields = new { FIELD_NAME = name, USER_TYPE_ID = "enumeration", MULTIPLE = multiple ? "Y" : "N", LIST = values.Select(static v => new { VALUE = v }).ToArray() } });
}
