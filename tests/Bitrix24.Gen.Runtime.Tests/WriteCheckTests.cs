using Bitrix24.Infrastructure;
using HandWritten.BiConnector;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>What typed code writes is validated while it is written; its bytes are read again only where something may be wrong.</summary>
public class WriteCheckTests
{
    private static readonly string[] Names = ["id", "name", "ID", "AMOUNT_2", "1st", "", "with space", new('a', 300), "Ü", "a\"b", "$result[a]", "F\n", "F\ud83d\ude00", "F\ud83d", string.Concat(Enumerable.Repeat("\ud83d\ude00", 40))];

    [Fact]
    public void RequestThatBreaksNoRule_IsNotReadAgain()
    {
        Assert.True(Holds(Add("sales", ["A", "B"])));
        Assert.True(Holds(new DatasetUpdateRequest { Id = 1, Fields = new() { Description = "New" } }));
        Assert.True(Holds(new DatasetUpdateRequest { Id = 1, Fields = new() { Description = null } }));
        Assert.True(Holds(new DatasetGetRequest { Id = 1 }));
    }

    [Fact]
    public void WhatMayBreakARule_IsReadAgain()
    {
        var beyond = Add("sales", ["A", "B"]);
        beyond.Fields.Extra["own"] = 1;
        Assert.False(Holds(beyond));
        Assert.False(Holds(Add("1st", ["A"])));
        Assert.False(Holds(Add("sales", ["A", "A"])));
        Assert.False(Holds(Add("sales", [])));
        Assert.False(Holds(new DatasetListRequest { Filter = default(DatasetFilter).Id > 5 }));
    }

    /// <summary>Of 3,000 requests put together at random, no one that is not read again breaks a rule.</summary>
    [Fact]
    public void WhatIsNotReadAgain_BreaksNoRuleOfTheEngine()
    {
        var random = new Random(20_261_127);
        string Name() => Names[random.Next(Names.Length)];
        var held = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var request = Add(random.Next(2) == 0 ? "sales" : Name(), [.. Enumerable.Range(0, random.Next(4)).Select(n => random.Next(3) == 0 ? Name() : "F" + n)]);
            request.Fields.SourceId = random.Next(-1, 3);
            request.Fields.Description = random.Next(2) == 0 ? null : Name();
            if (random.Next(5) == 0)
                request.Fields.Name = null!;
            if (random.Next(9) == 0)
                request.Fields.Fields = [null!];
            using var body = new PooledBuffer();
            var holds = CallValidator.WriteAndCheck(request, body);
            var found = CallValidator.Validate(request.Method, body.Memory, MethodAccess.Application);
            Assert.False(holds && found.Count > 0, $"{System.Text.Encoding.UTF8.GetString(body.Span)}: {string.Join(", ", found)}");
            body.Clear();
            Assert.Equal(found, CallValidator.Write(request, body, MethodAccess.Application));
            held += holds ? 1 : 0;
        }

        Assert.InRange(held, 300, 2_700);
    }

    private static DatasetAddRequest Add(string name, string[] fields) => new()
    {
        Fields = new()
        {
            SourceId = 3,
            Name = name,
            Fields = [.. fields.Select(static (f, i) => new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = f, ExternalCode = "C" + i })],
        },
    };

    private static bool Holds(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        return CallValidator.WriteAndCheck(request, body);
    }
}
