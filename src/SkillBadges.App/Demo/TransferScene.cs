using System.Text.Json.Nodes;

namespace SkillBadges.App.Demo;

/// <summary>Maya's record moves between two districts with scales of their own: what is equivalent is what both agreed on, and the record goes as a signed pack.</summary>
internal static class TransferScene
{
    private const string Westfields = "four-level@1";
    private const string Eastridges = "named-four@1";

    public static async Task PlayAsync(DemoScript script, DemoCast cast, DemoBundle bundle, CancellationToken cancellationToken)
    {
        var (west, east) = (cast.Organization("westfield-high"), cast.Organization("eastridge-high"));
        await CrosswalkAsync(script, cast, west, east, cancellationToken);
        var (maya, mayaEast, westRegistrar, eastRegistrar) = (cast["maya"], cast["maya.east"], cast["w.registrar"], cast["e.registrar"]);
        var pack = Array.Empty<byte>();
        await script.StepAsync("Eastridge asks for Maya's record since she enrolled there; Westfield's registrar lets it go on that ground, as a signed pack with its proof", async () =>
        {
            var asked = await eastRegistrar.PostAsync(
                "/api/transfers", new() { ["recordKeeper"] = west, ["receiver"] = east, ["student"] = mayaEast.PersonId, ["ground"] = "enrollment", ["about"] = "Maya Adams, 11th grade" }, cancellationToken);
            var released = await westRegistrar.PostAsync($"/api/transfers/{asked["id"]}/release", new() { ["learner"] = maya.PersonId, ["withEvidence"] = true }, cancellationToken);
            pack = await eastRegistrar.BytesAsync($"/api/transfers/{asked["id"]}/pack", cancellationToken);
            await bundle.SaveAsync("maya-record.zip", pack, cancellationToken);
            return new() { ["entries"] = released["release"]!["entries"]!.DeepClone(), ["credentials"] = released["release"]!["credentials"]!.DeepClone() };
        });
        var imports = $"/api/transfers/imports?school={east}&student={mayaEast.PersonId}";
        await script.StepAsync("A pack in which one byte was changed is refused, with the file named", async () =>
        {
            var damaged = (byte[])pack.Clone();
            damaged[damaged.Length / 2] ^= 1;
            var report = await eastRegistrar.SendFileAsync(imports, "application/zip", damaged, cancellationToken);
            DemoScript.Require(!report["takenIn"]!.GetValue<bool>() && report["faults"]!.AsArray().Count > 0, "A changed pack was taken in.");
            return new() { ["file"] = report["faults"]![0]!["file"]!.DeepClone(), ["code"] = report["faults"]![0]!["code"]!.DeepClone() };
        });
        await script.StepAsync("The pack as it was signed is taken in, entry by entry; the counselor's office reads each level in Westfield's own words and decides", async () =>
        {
            var report = await eastRegistrar.SendFileAsync(imports, "application/zip", pack, cancellationToken);
            DemoScript.Require(report["takenIn"]!.GetValue<bool>() && report["issuerConfirmed"]!.GetValue<bool>(), report.ToJsonString());
            var skills = (await eastRegistrar.FetchAsync($"/api/course-placements?school={east}&student={mayaEast.PersonId}", cancellationToken))["skills"]!.AsArray();
            DemoScript.Require(skills.Count > 0 && skills.All(skill => skill!["level"] is not null && skill["descriptor"] is not null), "Each skill comes with its level and what it means.");
            var decided = await eastRegistrar.PostAsync(
                "/api/course-placements",
                new() { ["school"] = east, ["student"] = mayaEast.PersonId, ["entry"] = skills[0]!["id"]!.DeepClone(), ["outcome"] = "accepted", ["note"] = "Starts in Welding 2." },
                cancellationToken);
            return new() { ["entries"] = report["entries"]!.DeepClone(), ["skills"] = skills.Count, ["placed"] = decided["outcome"]!.DeepClone() };
        });
    }

    private static async Task CrosswalkAsync(DemoScript script, DemoCast cast, string west, string east, CancellationToken cancellationToken)
    {
        var (westRegistrar, eastRegistrar, anyone) = (cast["w.registrar"], cast["e.registrar"], cast.Anyone);
        await script.StepAsync("The districts have scales of their own: what Westfield's Proficient is at Eastridge nobody has agreed on, and the answer is that nothing is equivalent", async () =>
        {
            await RequireAsync(anyone, Westfields, Eastridges, "placement", "none", cancellationToken);
            return new() { ["equivalence"] = "none" };
        });
        await script.StepAsync("The registrars of both schools agree on a crosswalk for placement; each level that is decided stays as it was", async () =>
        {
            var terms = new JsonObject
            {
                ["pairs"] = new JsonArray(
                    new JsonObject { ["from"] = "beginning" },
                    new JsonObject { ["from"] = "developing", ["to"] = "basic", ["upTo"] = "approaching" },
                    new JsonObject { ["from"] = "proficient", ["to"] = "proficient" },
                    new JsonObject { ["from"] = "advanced", ["to"] = "advanced" }),
                ["document"] = "Agreement of both schools, autumn 2026",
                ["note"] = "Developing lies between two levels; Beginning has no equivalent.",
                ["effectiveFrom"] = "2020-08-01",
            };
            var proposed = await eastRegistrar.PostAsync(
                "/api/crosswalks",
                new() { ["organizationId"] = east, ["from"] = Westfields, ["to"] = Eastridges, ["purpose"] = "placement", ["giverId"] = west, ["receiverId"] = east, ["terms"] = terms },
                cancellationToken);
            await RequireAsync(anyone, Westfields, Eastridges, "placement", "none", cancellationToken);
            foreach (var (registrar, side) in new[] { (eastRegistrar, east), (westRegistrar, west) })
            {
                await registrar.PostAsync($"/api/crosswalks/{proposed["id"]}/approvals", new() { ["organizationId"] = side, ["revision"] = 1 }, cancellationToken);
            }

            return new() { ["crosswalk"] = proposed["id"]!.DeepClone() };
        });
        await script.StepAsync("Now Westfield's Proficient has a place at Eastridge, marked as derived; the other way round and for letters there still is no agreed equivalence", async () =>
        {
            var answer = await RequireAsync(anyone, Westfields, Eastridges, "placement", "agreed", cancellationToken);
            await RequireAsync(anyone, Westfields, Eastridges, "transcript-letter", "none", cancellationToken);
            await RequireAsync(anyone, Eastridges, Westfields, "placement", "none", cancellationToken);
            var agreed = answer["agreed"]![0]!;
            DemoScript.Require(agreed["derived"]!.GetValue<bool>(), "A level that nobody decided is marked.");
            return new() { ["native"] = answer["native"]!["label"]!.DeepClone(), ["derived"] = agreed["lowest"]!["label"]!.DeepClone(), ["authority"] = agreed["authority"]!["document"]!.DeepClone() };
        });
    }

    private static async Task<JsonNode> RequireAsync(DemoClient anyone, string from, string to, string purpose, string expected, CancellationToken cancellationToken)
    {
        var answer = await anyone.FetchAsync($"/api/crosswalks/equivalents?from={from}&level=proficient&to={to}&purpose={purpose}", cancellationToken);
        DemoScript.Require(answer["equivalence"]!.GetValue<string>() == expected, $"{from} to {to} for {purpose}: {answer["equivalence"]}, not {expected}.");
        return answer;
    }
}
