using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>A college grants credit for a badge: agreed, claimed by the family, checked, waited for, posted; what the family entered is gone with the decision.</summary>
internal static class CollegeScene
{
    private const string Badge = "smaw-fillet";

    public static async Task PlayAsync(DemoScript script, DemoCast cast, CancellationToken cancellationToken)
    {
        var (school, college, maya, mother, admissions) = (cast.Organization("westfield-high"), cast.Organization("lakeside-college"), cast["maya"], cast["parent"], cast["college"]);
        var (agreement, claim) = ("", "");
        await script.StepAsync("Westfield and Lakeside College agree: the welding badge counts for WELD 1010, three credits, between two days", async () =>
        {
            var proposed = await cast["w.registrar"].PostAsync(
                "/api/articulations",
                new()
                {
                    ["organizationId"] = school, ["kind"] = "badge", ["slug"] = Badge, ["schoolId"] = school, ["collegeId"] = college,
                    ["terms"] = new JsonObject { ["courseCode"] = "WELD 1010", ["courseTitle"] = "Shielded Metal Arc Welding", ["credits"] = 3, ["from"] = DemoWork.Day(-60), ["to"] = DemoWork.Day(600), ["fee"] = 25 },
                },
                cancellationToken);
            agreement = proposed["id"]!.GetValue<string>();
            await admissions.PostAsync($"/api/articulations/{agreement}/approvals", new() { ["organizationId"] = college, ["revision"] = 1 }, cancellationToken);
            return new() { ["agreement"] = agreement };
        });
        await script.StepAsync("Maya, who is not 18 yet, cannot claim alone; her mother claims for her and with it consents", async () =>
        {
            var body = Claim(maya, agreement);
            DemoScript.RequireRefusal(await DemoWork.RefusedAsync(() => maya.PostAsync("/api/credit-claims", body, cancellationToken)), 403, "claim.consent-missing");
            var made = await mother.PostAsync("/api/credit-claims", Claim(maya, agreement), cancellationToken);
            claim = made["id"]!.GetValue<string>();
            return new() { ["claim"] = made["number"]!.DeepClone(), ["earnedOn"] = made["earnedOn"]!.DeepClone() };
        });
        await script.StepAsync("The college opens it: the badge is genuine, and the name is there for this college alone", async () =>
        {
            var application = await admissions.FetchAsync($"/api/credit-claims/{claim}/application", cancellationToken);
            var verdict = application["badges"]![0]!["check"]!["verdict"]!.GetValue<string>();
            DemoScript.Require(verdict == "valid" && application["applicant"]!["name"]!.GetValue<string>() == "Maya Adams", "The badge should be genuine, and the applicant's name there.");
            return new() { ["verdict"] = verdict };
        });
        await script.StepAsync("It waits for the final transcript until a day, then posts three credits without a mark; what was entered is erased", async () =>
        {
            await admissions.PostAsync($"/api/credit-claims/{claim}/answers", new() { ["outcome"] = "wait", ["for"] = "finalTranscript", ["until"] = DemoWork.Day(40) }, cancellationToken);
            var posted = await admissions.PostAsync($"/api/credit-claims/{claim}/answers", new() { ["outcome"] = "post", ["gradeType"] = "creditOnly", ["grade"] = "CR" }, cancellationToken);
            var kept = await admissions.FetchAsync($"/api/credit-claims/{claim}/application", cancellationToken);
            DemoScript.Require(posted["state"]!.GetValue<string>() == "posted" && kept["applicant"] is null, "Nothing of who the student is stays with the claim.");
            return new() { ["course"] = posted["posting"]!["course"]!.DeepClone(), ["credits"] = posted["posting"]!["credits"]!.DeepClone() };
        });
        await script.StepAsync("Maya reads what was posted, and who looked", async () =>
        {
            var own = await maya.FetchAsync($"/api/credit-claims/{claim}", cancellationToken);
            var rows = (await maya.FetchAsync($"/api/learners/{maya.PersonId}/disclosures", cancellationToken))["items"]!.AsArray().Count(row => row!["door"]!.GetValue<string>() == "creditClaim");
            DemoScript.Require(own["state"]!.GetValue<string>() == "posted" && rows == 2, $"Two looks leave two rows; there are {rows}.");
            return new() { ["rows"] = rows };
        });
    }

    private static JsonObject Claim(DemoClient student, string agreement) => new()
    {
        ["learner"] = student.PersonId, ["articulation"] = agreement, ["subject"] = $"{Badge}@1", ["term"] = "2027-fall",
        ["applicant"] = new JsonObject { ["name"] = "Maya Adams", ["bornOn"] = "2010-04-02", ["number"] = "C0041234" },
    };
}
