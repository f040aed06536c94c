namespace SkillBadges.App.Tests.Browser;

/// <summary>
/// Every page that the program has, by who opens it, and the addresses at which axe-core looks at it. What stands in braces is filled in by <see cref="SweepScene"/>;
/// <see cref="SweptPagesTests"/> fails when a page of the program stands in none of these lists.
/// </summary>
internal static class SweptPages
{
    /// <summary>An address that is not there, asked on purpose: the page of a refusal.</summary>
    public const string Missing = "/badges/no-such-badge";

    /// <summary>Pages that take a script of ours; on all others whoever has scripts and whoever has none do the same.</summary>
    public static readonly IReadOnlyList<string> Scripted = ["/verify", "/s/{share}", "/guide/teacher", "/work/{draft}", "/work/{returned}", "/review", "/review/{waiting}", "/classes/{section}", "/classes/{section}?badge=smaw-fillet", "/sheet/{section}?badge=smaw-fillet&skill=machine-setup", "/office/{school}/lists", "/office/{school}/lists/{pack}", "/office/{office}/counts", "/claims"];

    public static readonly IReadOnlyList<(string? Login, IReadOnlyList<string> Paths)> All =
    [
        (null,
        [
            "/", "/badges", "/badges?q=weld", "/badges?q=zzzz", "/badges/smaw-fillet", Missing, "/graduate-profiles/graduate-portrait", "/verify", "/s/{share}", "/problems", "/problems/share.scope", "/guide", "/guide/teacher",
            "/sign-in", "/reset-password", "/reset-password/{reset}", "/invitation/{invitation}", "/set-up/{set-up}", "/sign-off/{sign-off}", "/confirmation/{confirmation}", "/pass",
            "/pass/{pass}", "/offline",
        ]),
        ("maya", ["/", "/work", "/badges/smaw-fillet", "/record", "/my-badges", "/consents", "/shares", "/profile", "/talent", "/credit", "/notices", "/account", "/notebook", "/hours", "/statements", "/join", "/seen/{seen}"]),
        ("student078", ["/work/{draft}"]),
        ("student085", ["/work/{returned}"]),
        ("student082", ["/my-badges", "/shares"]),
        ("nia", ["/plan"]),
        ("parent", ["/", "/family", "/record", "/record/{maya}", "/consents/{maya}", "/statements/{maya}", "/profile/{maya}", "/credit/{claimant}", "/plan/{maya}"]),
        ("ms.rivera",
        [
            "/", "/review", "/review/{waiting}", "/classes", "/classes/{section}", "/classes/{section}?badge=smaw-fillet", "/classes/{section}/students/{nia}", "/at-work/{intern}", "/at-work/{intern}/sheet", "/classes/{section}/people", "/classes/{section}/groups", "/practice", "/groupings/{grouping}",
            "/sheet/{section}", "/sheet/{section}?badge=smaw-fillet", "/sheet/{section}?badge=smaw-fillet&skill=machine-setup",
        ]),
        ("sam.carter", ["/", "/my-students", "/my-students/{supervised}", "/my-students/interns/{intern}", "/my-students/interns/{intern}/sheet"]),
        ("counselor", ["/advising", "/advising/{school}/{nia}", "/plans/{plan}"]),
        ("w.admin",
        [
            "/authoring", "/authoring/{badge}", "/authoring/{badge}/edit", "/authoring/{badge}/translations?language=es", "/authoring/{badge}/changes", "/authoring/{badge}/proposals/{proposal}",
            "/cycles", "/cycles/{cycle}", "/cycles/{cycle}/classes/{section}",
            "/office/{school}", "/office/{school}/people", "/office/{school}/people/{nia}", "/office/{school}/people/{nia}/courses", "/office/{school}/people/{nia}/rights",
            "/office/{school}/people/{nia}/badges", "/office/{school}/people/{maya}/family", "/office/{school}/people/{maya}/internships", "/office/{school}/people/{maya}/internships/new",
            "/office/{school}/people/{maya}/internships/new?employer={employer}", "/office/{school}/people/{maya}/internships/new?employer={employer}&badge=customer-service",
            "/office/{school}/lists", "/office/{school}/lists/{pack}", "/office/{school}/settings", "/office/{school}/signing", "/office/{school}/acts", "/office/{school}/accepted", "/office/{school}/policies",
            "/office/{school}/credit", "/office/{school}/requests", "/office/{school}/requests?by=us", "/office/{school}/requests/{request}",
        ]),
        ("ms.haddad", ["/review", "/second-readings", "/second-readings/{reading}"]),
        ("college", ["/", "/claims", "/claims/{claim}"]),
        // Whoever keeps the books of one school comes past the list of offices; the state office sees all, and those of a school without its students' records.
        ("state.admin", ["/office", "/office?startsWith=west", "/office/{office}", "/office/{office}/counts", "/office/{school}", "/office/{school}/people"]),
    ];
}
