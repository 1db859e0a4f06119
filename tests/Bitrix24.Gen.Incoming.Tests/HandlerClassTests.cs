using System.Collections.Concurrent;
using System.Net;
using Bitrix24.AspNetCore;
using Bitrix24.Crm;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>Handlers that are classes with services.</summary>
public sealed class HandlerClassTests
{
    [Fact]
    public async Task Each_event_and_page_has_a_handler_with_a_scope_of_its_own()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await ServerHost.StartAsync(
            static b24 => b24.On<CrmDealAddEvent, DealAdded>().OnPlacement<CrmDealDetailTab, DealTab>(),
            services => services.AddSingleton(seen).AddScoped<Work>());
        await host.InstallAsync();
        foreach (var id in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/b24", host.Event("ONCRMDEALADD", $"data[FIELDS][ID]={id}"))).StatusCode);
        var page = await host.PostAsync(
            $"/b24?DOMAIN={host.TokenKey}&PROTOCOL=0&LANG=en",
            $"AUTH_ID=t&member_id={ServerHost.Member}&APPLICATION_TOKEN={ServerHost.Token}&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=%7B%22ID%22%3A%2261%22%7D");
        Assert.Equal("61", await page.Content.ReadAsStringAsync());
        Assert.Equal(["1: 1", "1 closed", "2: 1", "2 closed", "61: 1", "61 closed"], seen);
    }

    internal sealed class Work(ConcurrentQueue<string> seen) : IDisposable
    {
        private long _of;
        private int _uses;

        public void Do(long id) => seen.Enqueue($"{_of = id}: {++_uses}");

        public void Dispose() => seen.Enqueue($"{_of} closed");
    }

    internal sealed class DealAdded(Work work) : IPortalEventHandler<CrmDealAddEvent, Portal>
    {
        public Task HandleAsync(CrmDealAddEvent @event, Portal portal, CancellationToken cancellationToken)
        {
            work.Do(@event.Data.Fields.Id);
            return Task.CompletedTask;
        }
    }

    internal sealed class DealTab(Work work) : IPortalPageHandler<CrmDealDetailTab, Portal>
    {
        public Task<IResult> ShowAsync(CrmDealDetailTab placement, Portal portal, CancellationToken cancellationToken)
        {
            work.Do(placement.Options.Id);
            return Task.FromResult(Results.Content(placement.Options.Id.ToString(), "text/html"));
        }
    }
}
