using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Evidence.Content;

namespace SkillBadges.App.Tests.SignIn.Passes;

/// <summary>What a supervisor says of a skill that they see: one tap, and a note by voice where they like.</summary>
public sealed partial class PassTests
{
    private static readonly byte[] Place = "+47.6097-122.3331/"u8.ToArray();

    [Fact]
    public async Task A_spoken_note_goes_with_a_step_is_cleaned_of_its_place_and_heard_by_learner_and_teacher_alone()
    {
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        Assert.Contains(Intern, await browser.GetStringAsync(Address("/my-students")), StringComparison.Ordinal);

        using var said = await SayAsync(browser, "proficient", SampleFiles.Mp4("mp42", ["soun"], inMovie: SampleFiles.Box("udta", Place), coding: "mp4a"));
        var seen = Assert.Single(await SeenAsync());
        var note = Assert.Single(seen.Photos);
        Assert.Equal($"{Intern}?seen={seen.Id}", said.Headers.Location?.ToString());
        Assert.Equal(("audio/mp4", LearningContext.WorkSite, placement.Supervisor), (note.MediaType, note.Context, seen.Assessor.Person.Value));
        var entry = Assert.Single((await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(seen.Id.Value).Take(5), default)).Documents);
        Assert.Contains(entry.Facts.Evidence, evidence => evidence.Sha256 == note.Digest);

        var file = $"seen/{seen.Id}/files/{note.Id}";
        var page = await browser.GetStringAsync(Address($"{Intern}?seen={seen.Id}"));
        Assert.Contains($"<audio controls preload=\"none\" src=\"/my-students/{file}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(note.Digest, Core.Sha256Digest.Of(await PlayAsync(browser, $"/my-students/{file}")));
        Assert.Equal(-1, (await PlayAsync(learner.Client, $"/{file}")).AsSpan().IndexOf(Place));
        Assert.Contains($"/seen/{seen.Id}", await learner.Client.GetStringAsync(Address("/record")), StringComparison.Ordinal);
        using var teacher = await district.AsAsync(district.Teacher);
        Assert.Contains($"src=\"/{file}\"", await teacher.GetStringAsync(Address($"/seen/{seen.Id}")), StringComparison.Ordinal);
        using var stranger = (await district.LearnerAsync()).Client;
        Assert.Equal((404, 404), (await stranger.StatusAsync($"/seen/{seen.Id}"), await stranger.StatusAsync($"/{file}")));
    }

    [Fact]
    public async Task What_is_no_sound_is_not_recorded_with_the_step_and_a_step_that_was_a_slip_is_taken_back()
    {
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());
        using (var refused = await SayAsync(browser, "proficient", SampleFiles.Pdf()))
        {
            Assert.Contains("/problems/observation.photo", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await SeenAsync());
        var set = await district.Store.GetAsync(OrganizationSettingsDocuments.Kind, district.West.Value, "settings", default);
        await district.Store.CommitAsync(new Changes().Replace(OrganizationSettingsDocuments.Kind, set, set.Document with { Values = set.Document.Values with { UndoMinutes = 10 } }), default);
        using var said = await SayAsync(browser, "advanced", null);
        var page = await browser.GetStringAsync(said.Headers.Location);
        using var undone = await SubmitAsync(browser, page, said.Headers.Location!.ToString(), "undo", ("UndoSeen", Assert.Single(await SeenAsync()).Id.Value));

        Assert.Equal(($"{Intern}?undone=true", false), (undone.Headers.Location?.ToString(), Assert.Single(await SeenAsync()).Stands));
    }

    [Fact]
    public async Task Nobody_says_anything_of_an_internship_that_is_not_theirs()
    {
        var other = await district.LearnerAsync();
        var others = await ArrangeAsync(other.Person, PersonId.From(placement.Supervisor));
        using var browser = district.App.Browser();
        await EnterAsync(browser, await SendAsync());

        Assert.Equal((200, 404), (await browser.StatusAsync(Intern), await browser.StatusAsync($"/my-students/interns/{others.Id}")));
        Assert.DoesNotContain(others.Id, await browser.GetStringAsync(Address("/my-students")), StringComparison.Ordinal);
    }

    private string Intern => $"/my-students/interns/{placement.Id}";

    private static async Task<byte[]> PlayAsync(HttpClient listener, string address)
    {
        using var answer = await listener.GetAsync(Address(address));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var anyone = new HttpClient();
        return await anyone.GetByteArrayAsync(answer.Headers.Location);
    }

    private async Task<HttpResponseMessage> SayAsync(HttpClient browser, string level, byte[]? sound)
    {
        var page = await browser.GetStringAsync(Address(Intern));
        var handler = Handler().Match(page).Groups[1].Value;
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[]
        {
            ("_handler", handler), ("__RequestVerificationToken", AntiforgeryToken().Match(page).Groups[1].Value), ("Device", Core.NewId.Random()), ("Badge", TestDistrict.SupervisedBadge),
            ("Skill", handler[$"see-{TestDistrict.SupervisedBadge}-".Length..]), ("Note", ""), ("Level", level),
        })
        {
            form.Add(new StringContent(value), name);
        }

        // A browser sends a field that nothing was chosen for as a file without a name.
        form.Add(new ByteArrayContent(sound ?? []), "Sound", sound is null ? "\"\"" : "recording.m4a");
        return await browser.PostAsync(Address(Intern), form);
    }

    private async Task<IReadOnlyList<Observation>> SeenAsync() =>
        [.. (await district.Store.QueryAsync(ObservationDocuments.Kind, ObservationDocuments.ByLearner.Where(learner.Person.Value).Take(10), default)).Documents];

    [GeneratedRegex("value=\"(see-[a-z-]+)\"")]
    private static partial Regex Handler();
}
