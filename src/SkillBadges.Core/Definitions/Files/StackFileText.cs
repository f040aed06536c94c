namespace SkillBadges.Core.Definitions.Files;

/// <summary>A stack as its file: what <see cref="StackFile"/> reads.</summary>
internal static class StackFileText
{
    public static byte[] Of(BadgeStack stack) => CanonicalFile.Of("badge-stack", json =>
    {
        json.WriteString("slug", stack.Slug);
        json.WriteString("name", stack.Name);
        json.WriteString("description", stack.Description);
        json.Object("requires", () =>
        {
            json.Objects("badges", stack.Badges, badge =>
            {
                json.WriteString("badge", badge.Slug);
                json.OptionalText("minimumLevel", badge.MinimumLevel);
            });
            json.Objects("certificates", stack.Certificates, certificate =>
            {
                json.WriteString("id", certificate.Id);
                json.WriteString("name", certificate.Name);
                json.WriteString("issuers", certificate.Issuers);
                json.OptionalNumber("maxAgeMonths", certificate.MaxAgeMonths);
            });
        });
        if (stack.Award is { } award)
        {
            json.Object("award", () => json.WriteString("counts", StackFile.Countings.First(counting => counting.Value == award).Key));
        }
    });
}
