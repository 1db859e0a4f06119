using Bitrix24;

/// <summary>The calls of Misuse.cs.txt, fixed: they must build without a warning.</summary>
static class Fixed
{
    public static async Task RunAsync(Portal portal)
    {
        await portal.CallAsync("biconnector.dataset.add", new
        {
            fields = new
            {
                sourceId = 3, name = "sales", externalName = "Sales", externalCode = "sales",
                fields = new[] { new { type = "int", name = "ID", externalCode = "ID" } },
            },
        });
        await portal.CallAsync("biconnector.dataset.get", new { id = 5 });
        await portal.CallAsync("biconnector.dataset.update", new { id = 5, fields = new { description = "2026" } });
        await portal.CallAsync("biconnector.dataset.list", new { filter = new Dictionary<string, object?> { [">id"] = 5 }, page = 1 });
    }
}
