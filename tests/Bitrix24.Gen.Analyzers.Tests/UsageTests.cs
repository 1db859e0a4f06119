using Bitrix24.Gen.Analyzers.Tests.Harness;

namespace Bitrix24.Gen.Analyzers.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("""e.Code == {|B24201:"DATASET_NOT_FUOND"|}""")]
    [InlineData("""{|B24201:"DATASET_NOT_FUOND"|} != e.Code""")]
    [InlineData("""e is { Code: {|B24201:"SOURCE_NOT_FOUND"|} or "DATASET_NOT_FOUND" }""")]
    [InlineData("""e.Code is {|B24201:"SOURCE_NOT_FOUND"|}""")]
    [InlineData("""e.Code.Equals({|B24201:"SOURCE_NOT_FOUND"|})""")]
    [InlineData("""e.Code == {|B24201:BiConnectorErrors.SourceNotFound|}""")]
    [InlineData("""e.Code switch { {|B24201:"SOURCE_NOT_FOUND"|} => true, _ => false }""")]
    [InlineData("""e.Code == "DATASET_NOT_FOUND" """)]
    [InlineData("""e.Code == BiConnectorErrors.DatasetNotFound""")]
    [InlineData("""e.Code == "QUERY_LIMIT_EXCEEDED" """)]
    [InlineData("""e.Code == text""")]
    [InlineData("""e.Description == "SOURCE_NOT_FOUND" """)]
    public Task An_error_code_is_compared_with_those_of_the_calls_in_the_try_block(string condition) => Verify.StatementsAsync($$"""
        try
        {
            await portal.BiConnector.Dataset.GetAsync(id);
            await portal.CallAsync("biconnector.dataset.delete", new { id });
        }
        catch (Bitrix24ApiException e) when ({{condition}})
        {
        }
        """);

    [Theory]
    [InlineData("await RunAsync(portal, id, text);")]
    [InlineData("await portal.CallAsync(text, new { id });")]
    [InlineData("await portal.CallAsync({|B24101:\"crm.deal.get\"|}, new { id });")]
    [InlineData("await Task.Delay(id);")]
    public Task An_error_code_may_come_from_calls_that_are_not_known(string call) => Verify.StatementsAsync($$"""
        try
        {
            await portal.BiConnector.Dataset.GetAsync(id);
            {{call}}
        }
        catch (Bitrix24ApiException e)
        {
            switch (e.Code)
            {
                case {{(call.StartsWith("await Task", StringComparison.Ordinal) ? "{|B24201:\"SOURCE_NOT_FOUND\"|}" : "\"SOURCE_NOT_FOUND\"")}}:
                    break;
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var each in new[] { 1, 2 }) await portal.BiConnector.Dataset.{|B24301:DeleteAsync|}(each);")]
    [InlineData("foreach (var each in new[] { 1, 2 }) await portal.CallAsync({|B24301:\"biconnector.dataset.get\"|}, new { id = each });")]
    [InlineData("for (var i = 1; i < 9; i++) await portal.BiConnector.Dataset.{|B24301:GetAsync|}(i).ConfigureAwait(false);")]
    [InlineData("await foreach (var dataset in portal.BiConnector.Dataset.ListAsync()) await portal.BiConnector.Dataset.{|B24301:DeleteAsync|}(dataset.Id);")]
    [InlineData("foreach (var each in new[] { 1, 2 }) { if ((await portal.BiConnector.Dataset.GetAsync(each)).Name == text) break; }")]
    [InlineData("foreach (var each in new[] { 1, 2 }) await portal.BiConnector.Dataset.GetAsync(id);")]
    [InlineData("while (id > 0) { id--; await portal.BiConnector.Dataset.DeleteAsync(id); }")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(each => portal.BiConnector.Dataset.{|B24301:GetAsync|}(each)));")]
    public Task A_call_for_each_item_is_work_for_a_batch(string statement) => Verify.StatementsAsync(statement);

    [Theory]
    [InlineData("await portal.CallAsync({|B24303:\"biconnector.dataset.list\"|});")]
    [InlineData("await portal.CallAsync({|B24303:\"biconnector.dataset.list\"|}, new { select = new[] { \"id\" } });")]
    [InlineData("await portal.SendAsync(new {|B24303:DatasetListRequest|} { });")]
    [InlineData("await portal.SendAsync(new DatasetListRequest { Page = 2 });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new { page = id });")]
    [InlineData("await portal.CallAsync(\"biconnector.dataset.list\", new { filter = new Dictionary<string, object?> { [\"=id\"] = id } });")]
    [InlineData("await foreach (var dataset in portal.BiConnector.Dataset.ListAsync()) Console.WriteLine(dataset.Name);")]
    [InlineData("await portal.CallAsync(\"landing.repowidget.getlist\", new { @params = new { } });")]
    [InlineData("var parameters = new Dictionary<string, object?>(); parameters[\"page\"] = id; await portal.CallAsync(\"biconnector.dataset.list\", parameters);")]
    public Task A_list_call_without_a_page_reads_the_first_only(string statement) => Verify.StatementsAsync(statement);

    [Theory]
    [InlineData("using var mine = new Portal(Bitrix24Credentials.Webhook(text)); await mine.BiConnector.Dataset.{|B24115:GetAsync|}(id);")]
    [InlineData("var credentials = Bitrix24Credentials.Webhook(text); using var mine = new Portal(credentials); await mine.CallAsync({|B24115:\"biconnector.dataset.get\"|}, new { id });")]
    [InlineData("using var mine = new Portal(Bitrix24Credentials.Webhook(text)); await mine.CallAsync({|B24115:\"landing.repowidget.debug\"|}, new { enable = true });")]
    [InlineData("using var mine = new Portal(Bitrix24Credentials.Webhook(text)); await mine.BiConnector.Dataset.FieldsAsync();")]
    [InlineData("using var mine = new Portal(Bitrix24Credentials.AccessToken(text, text)); await mine.BiConnector.Dataset.GetAsync(id);")]
    [InlineData("using var mine = new Portal(Bitrix24Credentials.Webhook(\"https://example.bitrix24.com/rest/1/secret/\")); await mine.BiConnector.Dataset.GetAsync(id);")]
    [InlineData("await portal.BiConnector.Dataset.GetAsync(id);")]
    public Task A_webhook_cannot_call_what_needs_an_application(string statement) => Verify.StatementsAsync(statement);

    [Theory]
    [InlineData("var url = {|B24302:\"https://acme.bitrix24.com/rest/1/k3j5h2k3j4h5k2/\"|};")]
    [InlineData("var url = $\"{|B24302:https://acme.bitrix24.com/rest/1/k3j5h2k3j4h5k2/|}{text}\";")]
    [InlineData("var key = {|B24302:\"vibe_api_0123456789abcdef\"|};")]
    [InlineData("var clientSecret = {|B24302:\"Zk3j5h2k3j4h5k2ABCDEFG\"|};")]
    [InlineData("var credentials = Bitrix24Credentials.AccessToken(text, {|B24302:\"f8a3b2c1d4e5f6a7b8c9\"|});")]
    [InlineData("var url = {|B24302:\"https://acme.bitrix24.ru/rest/api/17/k3j5h2k3j4h5k2mm/\"|};")]
    [InlineData("var url = \"https://\" + text + {|B24302:\"/rest/1/k3j5h2k3j4h5k2/\"|};")]
    [InlineData("var url = $\"https://{text}{|B24302:/rest/1/k3j5h2k3j4h5k2/|}\";")]
    [InlineData("const string Code = \"k3j5h2k3j4h5k2\"; var url = {|B24302:$\"https://acme.bitrix24.com/rest/1/{Code}/\"|};")]
    [InlineData("const string Code = \"k3j5h2k3j4h5k2\"; var url = {|B24302:\"https://acme.bitrix24.com/rest/\" + id + \"/\" + Code|};")]
    [InlineData("var url = string.Format({|B24302:\"https://{0}/rest/1/k3j5h2k3j4h5k2/\"|}, text);")]
    [InlineData("var url = new Uri(new Uri(text), {|B24302:\"rest/1/k3j5h2k3j4h5k2/\"|});")]
    [InlineData("var url = {|B24302:\"https://acme.bitrix24.com/rest/crm.deal.list?auth=f8a3b2c1d4e5f6a7b8c9d0\"|};")]
    [InlineData("var header = {|B24302:\"Bearer f8a3b2c1d4e5f6a7b8c9d0\"|};")]
    [InlineData("string accessToken = {|B24302:\"f8a3b2c1d4e5f6a7b8c9\"|};")]
    [InlineData("var settings = new Dictionary<string, string> { [\"refresh_token\"] = {|B24302:\"f8a3b2c1d4e5f6a7b8c9\"|} };")]
    [InlineData("var settings = new Dictionary<string, string> { { \"X-Api-Key\", {|B24302:\"f8a3b2c1d4e5f6a7b8c9\"|} } };")]
    [InlineData("var settings = new { client_secret = {|B24302:\"f8a3b2c1d4e5f6a7b8c9\"|} };")]
    [InlineData("var url = \"https://YOUR_PORTAL.bitrix24.ru/rest/1/your-webhook-code/\";")]
    [InlineData("var url = \"https://my.bitrix24.ru/rest/1/xxxxxxxxxxxxxxxx/\";")]
    [InlineData("var url = \"https://acme.bitrix24.ru/rest/1/example/\";")]
    [InlineData("var url = \"https://acme.bitrix24.ru/rest/1/<secret>/\";")]
    [InlineData("var url = \"https://acme.bitrix24.ru/rest/1/***/\";")]
    [InlineData("var url = \"https://acme.bitrix24.ru/rest/1/webhook_code_123/\";")]
    [InlineData("var url = $\"https://{text}/rest/1/{text}/crm.deal.list\";")]
    [InlineData("var url = \"https://other.com/rest/2/latest/issue/\";")]
    [InlineData("var apiKey = \"YOUR_API_KEY_GOES_HERE_1\";")]
    [InlineData("var key = \"vibe_api_xxxxxxxxxxxx\";")]
    [InlineData("var url = \"https://example.bitrix24.com/rest/1/secret/\";")]
    [InlineData("var url = \"https://127.0.0.1:8080/rest/1/k3j5h2k3j4h5k2/\";")]
    [InlineData("var url = $\"https://acme.bitrix24.com/rest/{id}/{text}/\";")]
    [InlineData("var url = \"https://acme.bitrix24.com/rest/\";")]
    [InlineData("var clientSecret = \"read from configuration\";")]
    [InlineData("var prefix = \"vibe_api_\";")]
    public Task A_secret_does_not_stand_in_the_source(string statement) => Verify.StatementsAsync(statement);
}
