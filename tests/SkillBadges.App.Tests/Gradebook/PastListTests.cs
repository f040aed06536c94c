using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>A school's old list of awards comes in row by row, as recorded from elsewhere.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PastListTests(TestDistrict district)
{
    [Fact]
    public async Task Each_row_is_taken_or_named_with_its_fault_and_the_same_list_again_adds_nothing()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var (ana, ben) = (await scene.NewcomerAsync(), await scene.NewcomerAsync());
        using var office = await district.AsAsync(scene.Registrar);
        var list = $"student,from,name,level,earnedOn,badge\r\n{ana.Person},Old Valley School,\"Accounting I, evening\",Honors,2024-05-20,{TestDistrict.Badge}\r\n{ben.Person},Old Valley School,Accounting I,,2024-05-20,\r\n"
            + $"{ben.Person},Old Valley School,Accounting I,,20.05.2024,\r\n{ben.Person},,Accounting I,,2024-05-20,\r\nno-such,Old Valley School,Sewing,,2024-05-20,\r\n{ana.Person},Old Valley School,Sewing,,2024-05-20,no-such-badge\r\n"
            + $"{ben.Person},Old Valley School,Accounting I,,2024-05-20,\r\n{ben.Person},Old Valley School\r\n";

        var tried = await SendAsync(office, scene, list, "&try=true");
        Assert.Empty((await district.Store.QueryAsync(RecognitionDocuments.Kind, RecognitionDocuments.ByLearner.Where(ana.Person.Value).Take(5), CancellationToken.None)).Items);
        var entered = await SendAsync(office, scene, list);
        var again = await SendAsync(office, scene, list);

        (long, string?, string)[] faults =
        [
            (4, "earnedOn", "row.day"), (5, "from", "row.empty"), (6, null, "recognition.not-a-student"), (7, null, "badge.not-found"), (8, null, "recognition.exists"), (9, null, "row.cells"),
        ];
        Assert.Equal([2, 3], tried["taken"]!.AsArray().Select(row => (long)row!["row"]!));
        Assert.All(tried["taken"]!.AsArray(), row => Assert.Null(row!["recognition"]));
        Assert.Equal(faults, Faults(tried));
        Assert.Equal([2, 3], entered["taken"]!.AsArray().Select(row => (long)row!["row"]!));
        Assert.Equal(faults, Faults(entered));
        Assert.Empty(again["taken"]!.AsArray());
        Assert.Equal(2 + faults.Length, Faults(again).Count);

        var found = await scene.CaseAsync((string)entered["taken"]![0]!["recognition"]!);
        Assert.Equal((RecognitionState.Waiting, SourceKind.Past, "Accounting I, evening", "Honors", ana.Person), (found.State, found.Source.Kind, found.Source.Name, found.Source.Word, found.Learner));
        Assert.Empty((await district.Store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(ana.Person.Value).Take(5), CancellationToken.None)).Items);
        Assert.Empty(await scene.ChainAsync(ana.Person));
    }

    [Theory]
    [InlineData("")]
    [InlineData("student,from,name\r\na,b,c\r\n")]
    [InlineData("student,from,name,earnedOn,password\r\n")]
    [InlineData("student,from,name,earnedOn,name\r\n")]
    public async Task What_is_no_such_list_is_refused(string text)
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        using var office = await district.AsAsync(scene.Registrar);

        using var answer = await office.PostAsync(Address(scene), new ByteArrayContent(Encoding.UTF8.GetBytes(text)));

        await answer.RefusesAsync(text.Length == 0 ? 400 : 422, text.Length == 0 ? "request.body-missing" : "recognition.past-list");
    }

    [Fact]
    public async Task Text_that_ceases_to_be_a_list_is_named_where_it_does_and_a_long_one_is_refused()
    {
        using var scene = await RecognitionScene.OpenAsync(district);
        var student = await scene.NewcomerAsync();
        using var office = await district.AsAsync(scene.Registrar);
        const string header = "student,from,name,earnedOn\r\n";

        var broken = await SendAsync(office, scene, $"{header}{student.Person},Old School,Sewing,2024-05-20\r\n{student.Person},Old \"School,Sewing,2024-05-20\r\n");
        Assert.Equal([(3, null, "csv.quote")], Faults(broken));
        Assert.Single(broken["taken"]!.AsArray());

        var rows = string.Concat(Enumerable.Range(0, PastList.MaxRows + 1).Select(number => $"{student.Person},Old School,Course {number},2024-05-20\r\n"));
        using var tooMany = await office.PostAsync(Address(scene), new ByteArrayContent(Encoding.UTF8.GetBytes(header + rows)));
        await tooMany.RefusesAsync(422, "recognition.past-list");
        using var self = await student.Client.PostAsync(Address(scene), new ByteArrayContent(Encoding.UTF8.GetBytes($"{header}{student.Person},Old School,Welding,2024-05-20\r\n")));
        await self.RefusesAsync(403, "role.missing");
    }

    private static async Task<JsonNode> SendAsync(HttpClient office, RecognitionScene scene, string list, string query = "")
    {
        using var answer = await office.PostAsync(Address(scene, query), new ByteArrayContent(Encoding.UTF8.GetBytes(list)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await RecognitionScene.NodeAsync(answer);
    }

    private static List<(long Row, string? Column, string Code)> Faults(JsonNode answer) => [.. answer["faults"]!.AsArray().Select(fault => ((long)fault!["row"]!, (string?)fault["column"], (string)fault["code"]!))];

    private static Uri Address(RecognitionScene scene, string query = "") => new($"/api/recognitions/past-lists?school={scene.School}{query}", UriKind.Relative);
}
