using System.Net;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Tests;

/// <summary>Requests as the documentation has them are accepted; the same with a mistake are refused as the table says.</summary>
public sealed class FixtureTests
{
    public static TheoryData<string> Requests() => [.. FixtureData.Requests.Select(r => r.Id)];

    public static TheoryData<string> Mutations() => [.. FixtureData.Mutations.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_IsAccepted_AndAnsweredInTheFormThatTheSpecSays(string id)
    {
        var request = FixtureData.Request(id);
        await using var portal = await PortalEmulator.StartAsync();
        portal.SeedFor(request.Method, request.Params);
        var reply = await portal.CallAsync(request.Method, request.Params);
        Assert.True(reply.Error is null, reply.Body?.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var body = Bitrix24.Gen.Specs.JsonReader.Read(reply.Body!.ToJsonString()).Root!;
        Assert.Empty(SpecValidator.ValidateResponse(SpecSets.All, SpecSets.All.FindMethod(request.Method)!, body).Select(v => $"{v.Path}: {v.Message}"));
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Mutation_IsRefused_WithTheCodeAndTextOfTheTable(string id)
    {
        var mutation = FixtureData.Mutation(id);
        await using var portal = await PortalEmulator.StartAsync();
        portal.SeedFor(mutation.Method, mutation.Base.Params);
        var reply = await portal.CallAsync(mutation.Method, mutation.Params);
        Assert.True(mutation.Answered?.Code == reply.Error, $"{mutation.Params}\n{reply.Body?.ToJsonString()}");
        if (mutation.Answered?.Message is { } message)
            Assert.Equal(message, reply.Description);
        var call = Assert.Single(portal.Requests);
        Assert.Equal(mutation.Expected.Select(v => v.Rule), call.Violations.Where(rule => rule.StartsWith('B')));
    }
}
