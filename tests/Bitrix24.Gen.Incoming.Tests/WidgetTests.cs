using System.Net;

namespace Bitrix24.Gen.Incoming.Tests;

/// <summary>The markup of Vibe widgets is checked by what portals support.</summary>
public sealed class WidgetTests
{
    private static readonly Dictionary<string, IReadOnlyCollection<string>> Languages = new() { ["en"] = ["W_TITLE", "W_EMPTY"], ["de"] = ["W_TITLE"] };

    [Theory]
    [InlineData("""<div class="w"><b v-if="a">{{a}}</b><i v-else>x</i><p v-for="p in persons" :key="p.id" :class="{ 'x': p.on }" v-bind:title="p.name">{{p.name}}</p></div>""")]
    [InlineData("""<div class="a w b"><button @click="fetch">a</button><button v-on:click="fetch({param: 'a(b)'})">b</button><br><img src="x"></div>""")]
    [InlineData("""<div class="w" @click="openPath(`/company/personal/user/${task.id}/`)"><input v-model="f" :placeholder="$Bitrix.Loc.getMessage('W_TITLE')"/></div>""")]
    [InlineData("""<!-- <script> --><div class="w"><a href="#" @click.prevent="openApplication({a: '1'})">x</a> 1 < 2</div>""")]
    [InlineData("""<div class="w"><b v-if="a<b">{{a<b ? 'x' : 'y'}}</b><style>.a{content:"<p>"}</style><ul><li>a<li>b</ul></div>""")]
    [InlineData("""<div class="w"><!-- $Bitrix.Loc.getMessage('OLD') -->{{$Bitrix.Loc.getMessage('W_' + kind)}}{{$Bitrix.Loc.getMessage(`W_${kind}`)}}</div>""")]
    [InlineData("""<div class="w" @click="a > 1 && b === 2 ? fetch({ a: `${x}` }) : openPath('/x')"></div>""")]
    [InlineData("""<div class="w" .title="a" v-bind:disabled="!a" :data-x.camel="b" @click.once.prevent="() => fetch()"></div>""")]
    [InlineData("""<div class="w"><template v-for="g in groups" :key="g.id"><p v-for="(v, i) in g.items" v-if="v.on" :key="i">{{ v.name }}</p><i v-else>x</i></template></div>""")]
    [InlineData("""<div class="w"><p :class="[a ? 'x' : 'y', { b: c > 1 }]" :style="{ width: p + '%' }"></p></div>""")]
    [InlineData("""<div class="w" @click="fetch({ page: Math.max(1, page - 1), q: name.trim().toLowerCase(), t: Date.now() })"></div>""")]
    [InlineData("""<div class="w" @click="openPath('/crm/deal/details/' + encodeURIComponent(deal.id) + '/')"></div>""")]
    [InlineData("""<div class="w" @click="openApplication({ ids: items.map(String).join(','), data: JSON.stringify(item) })"></div>""")]
    [InlineData("""<div class="w"><p v-for="{ id, name } in items" :key="id">{{ name }}</p><p v-for="n in 5">{{ n }}</p></div>""")]
    [InlineData("""<div class="w" v-on:click.stop.prevent="page > 1 && fetch({ page: page - 1 })"></div>""")]
    [InlineData("""<div class="w" @click="fetch({ text: 'a = b; x++', a: b === c, d: e !== f })"></div>""")]
    [InlineData("""<DIV class="w"><svg viewBox="0 0 1 1"><title>x</title><path d="M0 0"/></svg><BR></DIV>""")]
    [InlineData("""<div class="w"><a :href="'/company/' + user.id + '/'" :title="$Bitrix.Loc.getMessage('W_TITLE', { '#N#': n })">x</a></div>""")]
    [InlineData("""<div class="w"><p v-if="items.filter(i => i.on).length > 0">{{ items.filter(i => i.on).map(i => i.name).join(', ') }}</p></div>""")]
    [InlineData("""<div class="w"><button :disabled="!canSend || isLoading" @click="() => fetch({ a: 1 })">ok</button></div>""")]
    [InlineData("""<div class="w">{{ (price * 1.2).toFixed(2) }} {{ new Date(at).getFullYear() }} {{ Math.max(a, b) }} {{ isFinite(a) }} {{ typeof(a) }}</div>""")]
    [InlineData("""<div class="w"><b v-if="a">x</b><!-- c --> <i v-else>y</i><p v-for="x in (items)">{{ x }}</p><a href="https://example.com/javascript:no">x</a></div>""")]
    [InlineData("""<div class="w" @click="fetch({ ok: isFinite(a), s: new Set(items) })">{{ $Bitrix.Loc.getMessagePlural('W_TITLE', n) }}<p title="Java Script: x"></p></div>""")]
    [InlineData("""<ul class="w"><li v-if="a">x<li v-else>y</ul>""")]
    [InlineData(@"
<div
  class=""a
    w""
>
  <p>{{ total.toFixed(2) }}</p>
</div>
")]
    public void What_portals_support_passes(string content) => Assert.Empty(WidgetMarkup.Check(content, ".w", Languages));

    [Theory]
    [InlineData("""<div class="w" v-show="a"></div>""", "v-show", "\"v-show\" is not supported")]
    [InlineData("""<div class="w"><b v-html="a"></b></div>""", "v-html", "\"v-html\" is not supported")]
    [InlineData("""<div class="w" @change="fetch"></div>""", "@change", "handlers are @click and v-on:click")]
    [InlineData("""<div class="w" @click="alert('x')"></div>""", "alert", "\"alert\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch({a: b()})"></div>""", "b", "\"b\" is not one of the functions")]
    [InlineData("""<div class="w" @click="count = 1"></div>""", "=", "cannot change data")]
    [InlineData("""<div class="w" @click="count"></div>""", "@click", "calls none of fetch")]
    [InlineData("""<div class="w" onclick="x()"></div>""", "onclick", "runs a script")]
    [InlineData("""<div class="w"><a href="javascript:x()">x</a></div>""", "href", "runs a script")]
    [InlineData("""<div class="w"><script>x()</script></div>""", "<script", "does not run in a widget")]
    [InlineData("""<div class="w"></div><p></p>""", "<p", "second root element")]
    [InlineData("""<div class="v"></div>""", "<div", "does not select the root element")]
    [InlineData("""text only""", "", "no root element")]
    [InlineData("""<div class="w">{{$Bitrix.Loc.getMessage('W_EMPTY')}}</div>""", "W_EMPTY", "The language \"de\" lacks the phrase \"W_EMPTY\"")]
    [InlineData("""<div class="w"><b v-if="a"></b><b v-else-if="b"></b></div>""", "v-else-if", "\"v-else-if\" is not supported")]
    [InlineData("""<div class="w"><b #default="x"></b></div>""", "#default", "\"#default\" is not supported")]
    [InlineData("""<div class="w" @click="fetch(), window['alert'](1)"></div>""", "(", "has no name")]
    [InlineData("""<div class="w" @click="fetch(`${alert(1)}`)"></div>""", "alert", "\"alert\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch(), alert?.(1)"></div>""", "alert", "\"alert\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch(), alert`1`"></div>""", "alert", "\"alert\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch(); count = 1"></div>""", "=", "cannot change data")]
    [InlineData("""<div class="w" :href="'javascript:x()'"></div>""", ":href", "runs a script")]
    [InlineData("""<ul class="w"><li>a<li>b</ul><p>c</p>""", "<p", "second root element")]
    [InlineData("""hello <div class="w"></div>""", "h", "Text beside the root element")]
    [InlineData("""<div class="w"></div>{{a}}""", "{", "Text beside the root element")]
    [InlineData("""<div class="w" v-on:click.stop="load()"></div>""", "load", "\"load\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch({ a: window.open('x') })"></div>""", "window.open", "\"window.open\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch({ a: document.cookie.split(';') })"></div>""", "document.cookie.split", "is not one of the functions")]
    [InlineData("""<div class="w" @click="items.push(1), fetch()"></div>""", "items.push", "\"items.push\" is not one of the functions")]
    [InlineData("""<div class="w" @click="fetch({ a: 1 }), Math.max(1, 2)"></div>""", "Math.max", "\"Math.max\" is not one of the functions")]
    [InlineData("""<div class="w" @click="page++, fetch({ page })"></div>""", "++", "cannot change data")]
    [InlineData("""<div class="w" @click="fetch({ page: --page })"></div>""", "--", "cannot change data")]
    [InlineData("""<div class="w" @click="page += 1; fetch()"></div>""", "=", "cannot change data")]
    [InlineData("""<div class="w" @click="BX.ajax.get('/x', fetch)"></div>""", "BX.ajax.get", "is not one of the functions")]
    [InlineData("""<div class="w" v-text="a"></div>""", "v-text", "\"v-text\" is not supported")]
    [InlineData("""<div class="w" v-once></div>""", "v-once", "\"v-once\" is not supported")]
    [InlineData("""<div class="w"><input @input="fetch"></div>""", "@input", "handlers are @click")]
    [InlineData("""<div class="w"><form @submit.prevent="fetch"></form></div>""", "@submit.prevent", "handlers are @click")]
    [InlineData("""<section class="w"></section><!-- c --><section></section>""", "<section", "second root element")]
    [InlineData("""<div id="w"></div>""", "<div", "does not select the root element")]
    [InlineData("""<div class="w-x"></div>""", "<div", "does not select the root element")]
    [InlineData("""<div class="w"><img src="x" onerror="x()"></div>""", "onerror", "runs a script")]
    [InlineData("""<div class="w"><slot name="a"></slot></div>""", "<slot", "a widget has no components")]
    [InlineData("""<div class="w"><component :is="a"></component></div>""", "<component", "a widget has no components")]
    [InlineData("""<div class="w"><a href="/company/{{ id }}/">x</a></div>""", "href", "bind it: \":href\"")]
    [InlineData("""<div class="w" @click></div>""", "@click", "calls none of fetch")]
    [InlineData("""<div class="w" @click="openPath()"></div>""", "openPath", "needs the address of a page")]
    [InlineData("<div class=\"w\"><a href=\" java\tscript:x()\">x</a></div>", "href", "runs a script")]
    [InlineData("""<div class="w"><a href="&#106;avascript:x()">x</a></div>""", "href", "runs a script")]
    [InlineData("""<div class="w"><a href="data:text/html,<b>x</b>">x</a></div>""", "href", "runs a script")]
    [InlineData("""<div class="w"><iframe srcdoc="<script>x()</script>"></iframe></div>""", "srcdoc", "runs a script")]
    [InlineData("""<div class="w">{{ alert(1) }}</div>""", "alert", "data has none")]
    [InlineData("""<div class="w" :class="format(a)"></div>""", "format", "data has none")]
    [InlineData("""<div class="w"><p v-for="x in window.open('y')"></p></div>""", "window.open", "data has none")]
    [InlineData("""<div class="w">{{ constructor.constructor('x')() }}</div>""", "(", "data has no functions")]
    [InlineData("""<div class="w" :disabled="fetch()"></div>""", "fetch", "is for handlers")]
    [InlineData("""<div class="w" @click="delete items[0], fetch()"></div>""", "delete", "cannot change data")]
    [InlineData("""<div class="w"><b v-else>x</b></div>""", "<b", "right after an element with v-if")]
    [InlineData("""<div class="w"><b v-if="a">x</b><p>y</p><i v-else>x</i></div>""", "<i", "right after an element with v-if")]
    [InlineData("""<div class="w"><b v-if="a">x</b> and <i v-else>x</i></div>""", "<i", "right after an element with v-if")]
    [InlineData("""<div class="w"><p v-for="items"></p></div>""", "items", "item in items")]
    [InlineData("""<div class="w"><p v-if></p></div>""", "v-if", "needs an expression")]
    [InlineData("""<div class="w">{{ a </div>""", "{{", "has no \"}}\"")]
    [InlineData("""<div class="w"><b""", "<b", "has no \">\"")]
    public void What_they_do_not_is_found_at_its_place(string content, string at, string message)
    {
        var problem = Assert.Single(WidgetMarkup.Check(content, ".w", Languages));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(at, content.Substring(problem.Offset, problem.Length));
    }

    [Fact]
    public void Mutated_markup_is_checked_without_an_exception()
    {
        const string seed = """<div class="w"><button @click="fetch({param: 'a'})" :class="{ 'x': y }">{{$Bitrix.Loc.getMessage('W_TITLE')}}</button><!-- c --><br/></div>""";
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var content = seed.ToCharArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                content[random.Next(content.Length)] = "<>\"'/=@:- (){}$a\\`"[random.Next(18)];
            Assert.NotNull(WidgetMarkup.Check(new string(content, 0, random.Next(content.Length + 1)), ".w", Languages));
        }
    }

    [Fact]
    public async Task A_widget_registers_and_its_handler_answers_fetch()
    {
        Func<string>? address = null;
        await using var host = await ServerHost.StartAsync(
            b24 =>
            {
                address = b24.MapVibeWidget("/widget", static (request, _) => Task.FromResult<System.Text.Json.Nodes.JsonNode?>(new System.Text.Json.Nodes.JsonObject { ["got"] = request["action"] ?? "nothing" }));
                b24.OnInstall(async (_, portal, ct) => Assert.Equal(12, await Widget(address(), ".w").RegisterAsync(portal, ct)));
            },
            answer: static (method, body) => method == "landing.repowidget.register" && body.GetProperty("fields").GetProperty("WIDGET_PARAMS").GetProperty("lang").GetProperty("en").GetProperty("W_TITLE").GetString() == "Title" ? "12" : "null");
        await host.InstallAsync();

        var path = new Uri(Assert.Single(host.Calls).Method == "landing.repowidget.register" ? s_handler! : "http://x/").PathAndQuery;
        Assert.Equal("""{"got":"nothing"}""", await (await host.PostAsync(path, "")).Content.ReadAsStringAsync());
        Assert.Equal("""{"got":"getItems"}""", await (await host.PostAsync(path, "action=getItems")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await host.PostAsync("/b24/widget", "action=getItems")).StatusCode);
    }

    [Theory]
    [InlineData("list", "Warning: Refused Vibe widget at /b24/widget: The answer to Vibe widget is wrong: B24106 answer: The answer of a widget is an object of names and values, not a list.")]
    [InlineData("text", "Warning: Refused Vibe widget at /b24/widget: The answer to Vibe widget is wrong: B24106 answer: The answer of a widget is an object of names and values, not a single value.")]
    [InlineData("NaN", "Warning: Refused Vibe widget at /b24/widget: The answer to Vibe widget cannot be written as JSON: ")]
    public async Task A_wrong_answer_does_not_leave(string what, string line)
    {
        System.Text.Json.Nodes.JsonNode answer = what switch
        {
            "list" => new System.Text.Json.Nodes.JsonArray(1),
            "text" => "text",
            _ => new System.Text.Json.Nodes.JsonObject { ["first"] = 1, ["sum"] = double.NaN },
        };
        await using var host = await ServerHost.StartAsync(b24 =>
        {
            var address = b24.MapVibeWidget("/widget", (_, _) => Task.FromResult<System.Text.Json.Nodes.JsonNode?>(answer));
            b24.OnInstall((_, _, _) => Task.FromResult(s_handler = address()));
        });
        await host.InstallAsync();
        using var response = await host.PostAsync(new Uri(s_handler!).PathAndQuery, "");
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Contains(host.Log, l => l.StartsWith(line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_widget_with_a_fault_is_not_sent()
    {
        await using var host = await ServerHost.StartAsync(b24 => b24.OnInstall(async (_, portal, ct) =>
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Widget("https://example.com/w", ".other").RegisterAsync(portal, ct));
            Assert.Equal("B24119: rootNode \".other\" does not select the root element.", error.Message);
        }));
        await host.InstallAsync();
        Assert.Empty(host.Calls);
    }

    private static string? s_handler;

    private static VibeWidget Widget(string handler, string root) => new VibeWidget
    {
        Code = "my_widget",
        Name = "My widget",
        Content = """<div class="w">{{$Bitrix.Loc.getMessage('W_TITLE')}}</div>""",
        RootNode = root,
        Handler = s_handler = handler,
        Preview = "https://example.com/p.png",
        Sections = "widgets_company_life",
        DemoData = new() { ["count"] = 1 },
    }.WithLanguage("en", new Dictionary<string, string> { ["W_TITLE"] = "Title" });
}
