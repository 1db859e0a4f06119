using System.Text.Json;

namespace Bitrix24.Gen.Incoming.Tests;

using Fakes.App;

/// <summary>A client whose interfaces are generated.</summary>
[Bitrix24Client("app.info", Interfaces = true, Namespace = "Bitrix24.Gen.Incoming.Tests.Fakes")]
public partial class Store;

/// <summary>Code that takes the generated interfaces is tested with a fake written by hand: no server, no mocking library.</summary>
public sealed class FakeTests
{
    [Fact]
    public async Task Code_under_test_takes_the_interface_and_a_fake_answers()
    {
        Assert.True(await Licence.IsLocalAsync(new FakeStore("""{"ID":"1","STATUS":"L"}""")));
        Assert.False(await Licence.IsLocalAsync(new FakeStore("""{"ID":"1","STATUS":"P"}""")));
    }

    [Fact]
    public void The_client_is_what_its_interface_says()
    {
        using var real = new Store(Bitrix24Credentials.AccessToken("https://example.bitrix24.com", "token"));
        IStore store = real;
        Assert.Same(real.App, store.App);
    }

    [Fact]
    public void A_record_that_does_not_fit_is_refused_when_it_is_made_by_hand() =>
        Assert.Throws<Bitrix24ProtocolException>(static () => Bitrix24Object.Parse<AppInfoResult>("""{"ID":[1]}"""));

    private static class Licence
    {
        public static async Task<bool> IsLocalAsync(IStore store) => (await store.App.InfoAsync()).Status == "L";
    }

    private sealed class FakeStore(string answer) : IStore, IAppArea
    {
        public IAppArea App => this;

        public Task<AppInfoResult> InfoAsync(CancellationToken cancellationToken = default) => Task.FromResult(Bitrix24Object.Parse<AppInfoResult>(answer));

        public Task<T> SendAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Bitrix24Response<T>> SendForResponseAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<JsonElement> CallAsync(string method, object? parameters, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
