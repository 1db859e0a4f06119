namespace Bitrix24.Gen.Specs.Tests;

/// <summary>Deep inline objects have short names that tell them apart.</summary>
public class InlineNameTests
{
    [Theory]
    [InlineData("""{ "a": { "fields": { "phones": { "list": true, "fields": {} } } } }""", "{}", "ShopBoxAddA ShopBoxPhone")]
    [InlineData("""{ "a": { "fields": { "phone": { "fields": {} } } }, "b": { "fields": { "phone": { "fields": {} } } } }""", "{}", "ShopBoxAddA ShopBoxAddAPhone ShopBoxAddB ShopBoxAddBPhone")]
    [InlineData("""{ "a": { "fields": { "status": { "list": true, "fields": {} }, "properties": { "list": true, "fields": {} } } } }""", "{}", "ShopBoxAddA ShopBoxProperty ShopBoxStatus")]
    [InlineData("""{ "a": { "fields": { "fit": { "fields": {} } } } }""", """{ "ShopBoxFit": { "fields": { "x": { "type": "int" } } } }""", "ShopBoxAddA ShopBoxAddFit ShopBoxFit")]
    [InlineData("""{ "a": { "fields": { "fit": { "fields": {} } } } }""", """{ "ShopBox": { "fields": { "x": { "type": "int" } } } }""", "ShopBox ShopBoxAddA ShopBoxFit")]
    public void Deep_objects_are_called_after_their_own_member(string parameters, string types, string expected) =>
        Assert.Equal(expected, Names(parameters, types));

    [Fact]
    public void Same_places_of_two_methods_stay_apart() => Assert.Equal(
        "ShopBoxAddA ShopBoxAddFit ShopBoxUpdateA ShopBoxUpdateFit",
        Names("""{ "a": { "fields": { "fit": { "fields": {} } } } }""", "{}", "shop.shop.box.add", "shop.shop.box.update"));

    private static string Names(string parameters, string types, params string[] methods)
    {
        var calls = string.Join(", ", (methods.Length == 0 ? ["shop.shop.box.add"] : methods).Select(m => $"\"{m}\": {{ \"params\": {parameters} }}"));
        var file = Spec.Read($"\"types\": {types}, \"methods\": {{ {calls} }}", "specs/bitrix24/shop.shop.box.b24.json");
        var set = SpecSet.Create([Spec.Read(""" "profile": {} """, "specs/bitrix24/api.b24.json"), file]);
        Assert.Empty(set.Diagnostics);
        return string.Join(' ', set.FindFile("shop.shop.box")!.Types.Select(static t => t.CSharpName ?? t.Name).Order(StringComparer.Ordinal));
    }
}
