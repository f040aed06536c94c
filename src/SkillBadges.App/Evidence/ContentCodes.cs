namespace SkillBadges.App.Evidence;

/// <summary>What an operation that takes a file may say of it.</summary>
internal static class ContentCodes
{
    public static readonly string[] All =
    [
        "evidence.file-type", "evidence.markup", "evidence.heic", "evidence.executable", "evidence.script", "evidence.archive", "evidence.truncated", "evidence.trailing-data", "evidence.damaged", "evidence.too-fragmented", "evidence.bomb",
        "evidence.image-form", "evidence.image-too-large", "evidence.video-form", "evidence.video-external", "evidence.audio-form", "evidence.pdf-active", "evidence.office-form", "evidence.office-external", "evidence.macros", "evidence.nested", "evidence.zip-path", "evidence.encrypted",
        "evidence.title", "evidence.file-name", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind", "definition.unknown-competency", "evidence.quota-person", "evidence.quota-organization", "file.too-large",
    ];
}
