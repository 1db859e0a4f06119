using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What a user's unit test needs in place of a portal.</summary>
public class TestDoubleTests
{
    [Fact]
    public async Task Client_is_replaced_by_overriding_one_method_and_lists_another()
    {
        using var portal = new Double();

        Assert.Equal((5, "sales"), (await portal.BiConnector.Dataset.GetAsync(5) is var got ? (got.Id, got.Name) : default));
        Assert.Equal(7, (await portal.CallAsync("app.info")).GetInt32());
        var names = new List<string?>();
        await foreach (var dataset in portal.BiConnector.Dataset.ListAsync())
            names.Add(dataset.Name);

        Assert.Equal(["one", "two"], names);
        Assert.Equal(["biconnector.dataset.get", "app.info"], portal.Sent);
    }

    [Fact]
    public void Object_is_made_by_hand_from_json()
    {
        var dataset = Bitrix24Object.Parse<Dataset>("""{"id":"5","name":"sales","UF_CRM_1":"x"}""");

        Assert.Equal((5, "sales", "x"), (dataset.Id, dataset.Name, dataset.Extra["UF_CRM_1"].GetString()));
        Assert.Throws<Bitrix24ProtocolException>(() => Bitrix24Object.Parse<Dataset>("""{"id":"""));
        Assert.Throws<Bitrix24ProtocolException>(() => Bitrix24Object.Parse<Dataset>("5"));
        Assert.Throws<Bitrix24ProtocolException>(() => Bitrix24Object.Parse<Dataset>("""{"id":"five"}"""));
    }

    private sealed class Double() : HandWritten.Portal(Bitrix24Credentials.AccessToken("https://x.bitrix24.com", "t"))
    {
        public List<string> Sent { get; } = [];

        public override Task<Bitrix24Response<T>> SendForResponseAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default)
        {
            Sent.Add(request.Method.Name);
            object answer = request is DatasetGetRequest get
                ? Bitrix24Object.Parse<Dataset>($$"""{"id":{{get.Id}},"name":"sales"}""")
                : System.Text.Json.JsonSerializer.SerializeToElement(7);
            return Task.FromResult(new Bitrix24Response<T> { Result = (T)answer });
        }

        public override IAsyncEnumerable<TItem> ListAsync<TItem, TFilter, TSelect, TOrder>(
            ListRequest<TItem, TFilter, TSelect, TOrder> request, Action<ListQuery<TFilter, TSelect, TOrder>>? query = null, CancellationToken cancellationToken = default)
        {
            return Rows();

            static async IAsyncEnumerable<TItem> Rows()
            {
                await Task.Yield();
                foreach (var name in new[] { "one", "two" })
                    yield return (TItem)(object)Bitrix24Object.Parse<Dataset>($$"""{"name":"{{name}}"}""");
            }
        }
    }
}
