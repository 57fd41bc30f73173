declare module "text:sandbox" {
  /** The page in which clip code runs. */
  const page: string
  export default page
}
