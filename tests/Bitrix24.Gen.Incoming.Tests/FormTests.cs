using System.Text;
using System.Text.Json;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>Forms in PHP's notation become the JSON that PHP would make of them.</summary>
public sealed class FormTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("&&=x&", "{}")]
    [InlineData("a", """{"a":""}""")]
    [InlineData("a=1&b=", """{"a":"1","b":""}""")]
    [InlineData("a=1&a=2", """{"a":"2"}""")]
    [InlineData("data[FIELDS][ID]=1", """{"data":{"FIELDS":{"ID":"1"}}}""")]
    [InlineData("data%5BFIELDS%5D%5BID%5D=1", """{"data":{"FIELDS":{"ID":"1"}}}""")]
    [InlineData("a[]=1&a[]=2", """{"a":["1","2"]}""")]
    [InlineData("a[0]=1&a[1]=2", """{"a":["1","2"]}""")]
    [InlineData("a[1]=1&a[0]=2", """{"a":{"1":"1","0":"2"}}""")]
    [InlineData("a[7]=x&a[]=y", """{"a":{"7":"x","8":"y"}}""")]
    [InlineData("a[07]=x&a[]=y", """{"a":{"07":"x","0":"y"}}""")]
    [InlineData("a[b][]=1&a[b][]=2&a[c]=3", """{"a":{"b":["1","2"],"c":"3"}}""")]
    [InlineData("a[][x]=1&a[][x]=2", """{"a":[{"x":"1"},{"x":"2"}]}""")]
    [InlineData("a=1&a[b]=2", """{"a":{"b":"2"}}""")]
    [InlineData("a[b]=2&a=1", """{"a":"1"}""")]
    [InlineData("a[b=1", """{"a_b":"1"}""")]
    [InlineData("a[b]c=1", """{"a":{"b":"1"}}""")]
    [InlineData("a.b c=1", """{"a_b_c":"1"}""")]
    [InlineData("+a=1", """{"a":"1"}""")]
    [InlineData("a=x+y%20z%2B", """{"a":"x y z+"}""")]
    [InlineData("a=100%&b=%zz", """{"a":"100%","b":"%zz"}""")]
    [InlineData("a=%D0%9F%D1%80&%D0%9F=1", """{"a":"Пр","П":"1"}""")]
    [InlineData("a=b=c", """{"a":"b=c"}""")]
    [InlineData("a=%00%22%5C", """{"a":"\u0000\"\\"}""")]
    public void A_form_is_read_as_PHP_reads_it(string form, string expected)
    {
        using var read = JsonDocument.Parse(PhpForm.ToJson(Encoding.UTF8.GetBytes(form)));
        using var wanted = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, read.RootElement), read.RootElement.GetRawText());
    }

    [Fact]
    public void A_form_that_is_nested_too_deep_is_refused()
    {
        var form = "a" + string.Concat(Enumerable.Repeat("[b]", 10_000)) + "=1";
        Assert.False(PhpForm.TryToJson(Encoding.UTF8.GetBytes(form), null, out var json, out var problem));
        Assert.Empty(json);
        Assert.Equal("The form cannot be read at byte 0: names nest deeper than 60 levels.", problem);
    }

    [Theory]
    [InlineData("a=%D0%9F%D1%80%D0&b=1", """{"a":"Пр\uFFFD","b":"1"}""")]
    [InlineData("a=%FF%FE&b=1", """{"a":"\uFFFD\uFFFD","b":"1"}""")]
    [InlineData("a[]=%ED%A0%80&a[]=x", """{"a":["\uFFFD\uFFFD\uFFFD","x"]}""")]
    [InlineData("a=%EF%E0%EA%E5%F2&b=1", """{"a":"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD","b":"1"}""")]
    public void What_is_no_text_in_a_value_loses_no_other_value(string form, string expected)
    {
        using var read = JsonDocument.Parse(PhpForm.ToJson(Encoding.ASCII.GetBytes(form)));
        using var wanted = JsonDocument.Parse(expected);

        Assert.True(JsonElement.DeepEquals(wanted.RootElement, read.RootElement), read.RootElement.ToString());
    }

    [Theory]
    [InlineData("auth[access_token]=a%FF&auth[refresh_token]=r")]
    [InlineData("auth[access_token]=a&auth[refresh_token]=%D0%B9")]
    [InlineData("auth[access_token]=a%0d%0aX:1&auth[refresh_token]=r")]
    public void Tokens_that_no_header_can_carry_are_none(string form) => Assert.Null(IncomingRequest.Parse(Encoding.ASCII.GetBytes("event=ONX&" + form)).Auth.ToToken(default));

    [Theory]
    [InlineData("%C3=1", "The form cannot be read at byte 0: a name is not UTF-8.")]
    [InlineData("x=1&a[%FF]=1", "The form cannot be read at byte 4: a name is not UTF-8.")]
    [InlineData("a%00b=1", "The form cannot be read at byte 0: a name holds a NUL character.")]
    public void What_is_no_text_is_refused_and_said_where(string form, string expected)
    {
        var error = Assert.Throws<IncomingFormatException>(() => PhpForm.ToJson(Encoding.ASCII.GetBytes(form)));
        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Many_values_and_long_forms_are_refused()
    {
        var limits = new IncomingLimits { MaxValues = 10, MaxLength = 1000 };
        Assert.False(PhpForm.TryToJson(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a[]=&", 11))), limits, out _, out var values));
        Assert.Contains("more than 10 values", values, StringComparison.Ordinal);
        Assert.False(PhpForm.TryToJson(new byte[1001], limits, out _, out var length));
        Assert.Equal("The form is longer than 1000 bytes.", length);
    }

    [Fact]
    public void Memory_is_bounded_by_the_limits()
    {
        // 8 MB of appends at the deepest level allowed: refused after 100,000 values, not after filling the memory.
        var form = new byte[IncomingLimits.Default.MaxLength];
        Encoding.ASCII.GetBytes("a[]=&").CopyTo(form, 0);
        for (var i = 5; i < form.Length; i++)
            form[i] = form[i - 5];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(PhpForm.TryToJson(form, null, out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Fact]
    public void Json_written_as_a_form_is_read_as_it_was()
    {
        const string json = """{"a":{"b c":["1","ü&=+"],"d":[{"e":"f"},{"e":"g"}]},"h":""}""";
        using var document = JsonDocument.Parse(json);
        using var read = JsonDocument.Parse(PhpForm.ToJson(PhpForm.FromJson(document.RootElement)));
        Assert.True(JsonElement.DeepEquals(document.RootElement, read.RootElement), read.RootElement.GetRawText());
    }

    [Fact]
    public void Mutated_forms_never_throw()
    {
        byte[][] seeds =
        [
            "event=ONCRMDEALADD&data[FIELDS][ID]=6641&ts=1735374081&auth[member_id]=a223&auth[application_token]=5185"u8.ToArray(),
            "DOMAIN=x.bitrix24.com&PROTOCOL=1&AUTH_ID=9d4c&member_id=d897&PLACEMENT=CRM_DEAL_DETAIL_TAB&PLACEMENT_OPTIONS=%7B%22ID%22%3A%228061%22%7D"u8.ToArray(),
            "table=sales&connection[login]=user&select[]=ID&select[]=NAME&filter[%3EID]=1&limit=10&mapFields[a]=b"u8.ToArray(),
        ];
        byte[] special = [.. "[]=&%+{}\"\\0\x00"u8, 0xFF, 0xC3, 0xED];
        var (read, refused) = (0, 0);
        ByteFuzz.Check(ByteFuzz.Of(seeds, [.. special.Select(static b => new[] { b })], mostEdits: 8), 50_000, seed: 20261127, form =>
        {
            if (IncomingRequest.TryParse(form.Bytes, null, null, out var request, out var problem))
            {
                read++;
                Assert.False(request!.Auth.HasApplicationToken("5185-other"));
                _ = request.Event?.Id;
                _ = request.Placement?.Options;
                _ = request.Auth.PortalUrl;
                _ = request.Auth.ToToken(default);
            }
            else
            {
                refused++;
                Assert.False(string.IsNullOrEmpty(problem));
            }
        });

        Assert.True(read > 10_000, $"{read} read, {refused} refused");
        Assert.True(refused > 1_000, $"{read} read, {refused} refused");
    }
}
