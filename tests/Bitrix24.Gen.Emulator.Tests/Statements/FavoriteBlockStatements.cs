namespace Bitrix24.Gen.Emulator.Tests.Statements;

/// <summary>What the document about Favourite blocks says.</summary>
public sealed class FavoriteBlockStatements(StatementChecks checks) : IClassFixture<StatementChecks>
{
    public static TheoryData<int, string> All => Statement.Of("Favourite blocks");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Holds(int number, string statement)
    {
        Assert.NotEmpty(statement);
        await checks.RunAsync(number);
    }
}
